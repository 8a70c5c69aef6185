//! The commands of `pintle` itself.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::{status, store, token, up};

/// Kubernetes' control plane in one process.
#[derive(Parser)]
#[command(name = "pintle", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a control plane, or resume the one in the data folder; runs until Ctrl-C.
    Up(Box<Up>),
    /// Say whether the control plane of the data folder runs, and what is in it.
    Status(Data),
    /// Print the administrator's kubeconfig.
    Kubeconfig(Data),
    /// Tokens with which machines join.
    Token {
        #[command(subcommand)]
        command: Token,
    },
    /// Check, copy and move the store.
    Store {
        #[command(subcommand)]
        command: store::Store,
    },
    /// Delete the data folder and our entries in the user's kubeconfig.
    Reset(Reset),
    /// Run fake nodes against any API server.
    #[command(hide = true)]
    FakeNodes(FakeNodes),
}

/// Where a cluster keeps everything.
#[derive(Args, Clone)]
pub(crate) struct Data {
    /// Folder of certificates, kubeconfigs and the store.
    #[arg(long = "data-dir", env = "PINTLE_DATA_DIR", default_value_os_t = default_folder())]
    pub(crate) folder: PathBuf,
}

#[derive(Args, Clone)]
pub(crate) struct Up {
    #[command(flatten)]
    pub(crate) data: Data,
    /// Address to listen on; machines that join must be able to reach it.
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) address: IpAddr,
    /// Port of the API.
    #[arg(long, default_value_t = 6443)]
    pub(crate) port: u16,
    /// Fake nodes to run beside the control plane.
    #[arg(long, default_value_t = 0)]
    pub(crate) fake_nodes: u32,
    /// Leave the user's kubeconfig alone.
    #[arg(long)]
    pub(crate) no_kubeconfig: bool,
    /// Verbosity of the log.
    #[arg(short, default_value_t = 0)]
    pub(crate) verbosity: u32,
}

#[derive(Subcommand)]
enum Token {
    /// Create a bootstrap token and print how a machine joins with it.
    Create {
        #[command(flatten)]
        data: Data,
        /// Hours until it expires; 0 for never.
        #[arg(long, default_value_t = 24)]
        hours: u32,
    },
}

#[derive(Args)]
struct Reset {
    #[command(flatten)]
    data: Data,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

#[derive(Args)]
struct FakeNodes {
    /// Administrator's kubeconfig.
    #[arg(long)]
    kubeconfig: PathBuf,
    /// Number of nodes.
    count: u32,
}

/// Runs a command line without the program's name.
pub(crate) async fn run(arguments: Vec<String>) -> ExitCode {
    let cli = match Cli::try_parse_from(std::iter::once("pintle".to_owned()).chain(arguments)) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let done = match cli.command {
        Command::Up(options) => up::run(*options).await,
        Command::Status(data) => status::run(&data.folder).await,
        Command::Kubeconfig(data) => print_kubeconfig(&data.folder),
        Command::Token { command: Token::Create { data, hours } } => {
            token::create(&data.folder, hours).await
        }
        Command::Store { command } => store::run(command).await,
        Command::Reset(reset) => up::reset(&reset.data.folder, reset.yes),
        Command::FakeNodes(options) => up::fake_nodes(&options.kubeconfig, options.count).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("pintle: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn print_kubeconfig(folder: &Path) -> Result<(), String> {
    let file = folder.join(up::ADMIN);
    let text = std::fs::read_to_string(&file).map_err(|error| {
        format!("{}: {error}; is there a cluster? Start one with `pintle up`", file.display())
    })?;
    say(text.trim_end());
    Ok(())
}

/// Prints a line for the user.
#[expect(clippy::print_stdout, reason = "the tool's answers go to standard output")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// `$XDG_DATA_HOME/pintle`, else `~/.local/share/pintle`.
fn default_folder() -> PathBuf {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let base = set("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| set("HOME").map(|home| PathBuf::from(home).join(".local").join("share")));
    base.unwrap_or_else(|| PathBuf::from("/var/lib")).join("pintle")
}

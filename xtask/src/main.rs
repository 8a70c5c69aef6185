//! The developers' own commands.

mod bench;
mod ci;
mod codegen;
mod conformance;
mod contract;
mod enclosed;
mod fuzz;
mod handover;
mod linearizability;
mod node;
mod powercuts;
mod session;
mod stock;
mod swap;
mod tools;
mod trials;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pintle_conformance::stock::{Set, Stock};

/// A subcommand: its name, what it is for, and what carries it out.
struct Command {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<(), String>,
}

const COMMANDS: &[Command] = &[
    bench::COMMAND,
    ci::COMMAND,
    codegen::COMMAND,
    conformance::COMMAND,
    contract::COMMAND,
    enclosed::COMMAND,
    fuzz::COMMAND,
    handover::COMMAND,
    linearizability::COMMAND,
    node::COMMAND,
    powercuts::COMMAND,
    session::COMMAND,
    stock::COMMAND,
    swap::COMMAND,
    tools::COMMAND,
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments.first().map_or("", String::as_str);
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprintln!("usage: cargo xtask COMMAND\n\ncommands:");
        for command in COMMANDS {
            eprintln!("  {:<15} {}", command.name, command.about);
        }
        return ExitCode::from(2);
    };
    match (command.run)(&arguments[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask {name}: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Folder of the workspace.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Folder in which cargo builds.
fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// The stock binaries; without them says why the command is skipped.
fn stock_or_skip(root: &Path) -> Option<Stock> {
    Stock::find(root, Set::Plane).map_err(|error| eprintln!("skipped: {error}")).ok()
}

/// Builds our binary in a profile, `debug` or `release`.
fn build_pintle(profile: &str) -> Result<PathBuf, String> {
    let root = root();
    let mut command = std::process::Command::new("cargo");
    command.args(["build", "--package", "pintle"]).current_dir(&root);
    if profile == "release" {
        command.arg("--release");
    }
    if !command.status().map_err(|error| error.to_string())?.success() {
        return Err("pintle does not build".into());
    }
    Ok(target(&root).join(profile).join("pintle"))
}

/// Makes a folder, or empties it.
fn empty_folder(folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(failed)?;
    }
    std::fs::create_dir_all(folder).map_err(failed)
}

//! Stock beside Pintle under the same bounded loads, in interleaved rounds.

mod apiserver;
mod client;
mod floor;
mod guard;
mod load;
mod machine;
mod objects;
mod pages;
mod quick;
mod read;
mod report;
mod subject;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pintle_conformance::plane::Make;
use pintle_conformance::stock::{Set, Stock};

use crate::apiserver::Scale;
use crate::report::{APISERVER, QUICK, Results};
use crate::subject::{Binaries, Subject};

/// As our server has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Why a comparison ended early.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures stock beside Pintle.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start, memory, GET, LIST and create on whole planes, in a few minutes.
    Quick(Options),
    /// The API server alone, with 20,000 pods: GET, LIST, watch, create, memory, restart.
    Apiserver(Server),
    /// Write docs/performance.md anew from the raw figures.
    Page(Root),
}

#[derive(clap::Args)]
struct Root {
    /// Folder of the repository.
    #[arg(long, default_value = ".")]
    root: PathBuf,
}

#[derive(clap::Args)]
struct Options {
    #[command(flatten)]
    root: Root,
    /// Our binary.
    #[arg(long)]
    pintle: PathBuf,
    /// Rounds; in each, stock and ours run one after the other.
    #[arg(long)]
    rounds: Option<usize>,
    /// Measure one make only and write nothing.
    #[arg(long, value_parser = ["stock", "pintle"])]
    only: Option<String>,
}

#[derive(clap::Args)]
struct Server {
    #[command(flatten)]
    options: Options,
    /// Do only one part in so many of each load, and write nothing.
    #[arg(long, default_value_t = 1)]
    divide: usize,
    /// Another number of pods, such as 200000; nothing is written.
    #[arg(long, default_value_t = Scale::WHOLE.pods)]
    pods: usize,
}

const MAKES: [(&str, Make); 2] = [("stock", Make::Stock), ("pintle", Make::Pintle)];

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Quick(options) => quick(&options),
        Command::Apiserver(options) => apiserver(&options),
        Command::Page(root) => report::write_page(&root.root),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

impl Options {
    fn binaries(&self) -> Result<Binaries, Failure> {
        let stock = Stock::find(&self.root.root, Set::Plane)?;
        Ok(Binaries { stock, pintle: self.pintle.clone() })
    }

    fn wanted(&self) -> impl Iterator<Item = (&'static str, Make)> {
        let only = self.only.clone();
        MAKES.into_iter().filter(move |(name, _)| only.as_ref().is_none_or(|only| only == name))
    }
}

fn quick(options: &Options) -> Result<(), Failure> {
    let binaries = options.binaries()?;
    let rounds = options.rounds.unwrap_or(3);
    let mut results = Results::new(format!("cargo xtask bench quick --rounds {rounds}"));
    for round in 1..=rounds {
        let mut answers = Vec::new();
        for (name, make) in options.wanted() {
            eprintln!("round {round} of {rounds}: {name}");
            let subject = Subject::start(&binaries, make)?;
            let (figures, answered) = quick::round(&subject, &say)?;
            results.add(make, figures);
            answers.push(answered);
        }
        if let [stock, pintle] = &answers[..] {
            results.set_differences(stock.compare(pintle));
        }
    }
    if options.only.is_none() {
        results.write(&options.root.root, QUICK)?;
    }
    eprintln!("\n{}", results.table(QUICK));
    Ok(())
}

fn apiserver(server: &Server) -> Result<(), Failure> {
    let options = &server.options;
    allow_connections()?;
    let binaries = options.binaries()?;
    let rounds = options.rounds.unwrap_or(5);
    let scale = Scale::of_pods(server.pods).divided(server.divide);
    let mut results = Results::new(format!("cargo xtask bench apiserver --rounds {rounds}"));
    for round in 1..=rounds {
        let mut answers = Vec::new();
        for (name, make) in options.wanted() {
            eprintln!("round {round} of {rounds}: {name}");
            let (mut figures, answered) = apiserver::round(&binaries, make, scale, &say)?;
            if make == Make::Pintle {
                eprintln!("round {round} of {rounds}: {name} on etcd");
                figures.extend(apiserver::creates_on_etcd(&binaries, scale, &say)?);
            } else {
                apiserver::is_on_etcd(&mut figures);
            }
            results.add(make, figures);
            answers.extend(answered);
        }
        if let [stock, pintle] = &answers[..] {
            results.set_differences(stock.compare(pintle));
        }
    }
    if options.only.is_none() && scale == Scale::WHOLE {
        results.write(&options.root.root, APISERVER)?;
    }
    eprintln!("\n{}", results.table(APISERVER));
    Ok(())
}

fn say(line: &str) {
    eprintln!("{line}");
}

/// Raises the limit of open files, here and for what is started: each connection is one.
fn allow_connections() -> Result<(), Failure> {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE)?;
    Ok(setrlimit(Resource::RLIMIT_NOFILE, most, most)?)
}

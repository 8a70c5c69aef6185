//! Stock beside Pintle under the same bounded loads, in interleaved rounds.

mod client;
mod guard;
mod load;
mod machine;
mod objects;
mod quick;
mod report;
mod subject;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pintle_conformance::plane::Make;
use pintle_conformance::stock::Stock;

use crate::report::Results;
use crate::subject::{Binaries, Subject};

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
    /// Start, memory, GET, LIST and create, in a few minutes.
    Quick(Quick),
}

#[derive(clap::Args)]
struct Quick {
    /// Folder of the repository.
    #[arg(long, default_value = ".")]
    root: PathBuf,
    /// Our binary.
    #[arg(long)]
    pintle: PathBuf,
    /// Rounds; in each, stock and ours run one after the other.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Measure one make only and write nothing.
    #[arg(long, value_parser = ["stock", "pintle"])]
    only: Option<String>,
}

fn main() -> ExitCode {
    let Cli { command: Command::Quick(options) } = Cli::parse();
    match quick(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn quick(options: &Quick) -> Result<(), Failure> {
    let stock = Stock::find(&options.root)?;
    let binaries = Binaries { stock, pintle: options.pintle.clone() };
    let mut results = Results::new(options.rounds);
    let only = options.only.as_deref();
    for round in 1..=options.rounds {
        let mut answers = Vec::new();
        for (name, make) in [("stock", Make::Stock), ("pintle", Make::Pintle)] {
            if only.is_some_and(|only| only != name) {
                continue;
            }
            eprintln!("round {round} of {}: {name}", options.rounds);
            let subject = Subject::start(&binaries, make)?;
            let (figures, answered) = quick::round(&subject, &|line| eprintln!("{line}"))?;
            results.add(make, figures);
            answers.push(answered);
        }
        if let [stock, pintle] = &answers[..] {
            results.set_differences(stock.compare(pintle));
        }
    }
    if only.is_none() {
        results.write(&options.root)?;
        eprintln!("\n{}", results.table());
    }
    Ok(())
}

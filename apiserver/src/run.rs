//! kube-apiserver as a process.

use std::io::Write as _;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;

use pintle_component::klog;
use pintle_component::signals::Stop;
use pintle_machinery::field::aggregate;
use pintle_storage::SystemClock;

use crate::assemble;
use crate::options::{Command, Options};
use crate::storage::Stores;

/// Runs the component with its arguments, the program's name not among them. The future is boxed here, so
/// that its code is made in this crate and lies beside what it calls, not among that of other parts.
pub fn run(args: Vec<String>) -> Pin<Box<dyn Future<Output = ExitCode>>> {
    Box::pin(command(args))
}

async fn command(args: Vec<String>) -> ExitCode {
    let options = match Options::parse(&args) {
        Ok(Command::Serve(options)) => options,
        Ok(Command::Print(text)) => {
            let written = std::io::stdout().lock().write_all(text.as_bytes());
            return if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        }
        Err(error) => {
            complain(&format!("Error: {error}"));
            return ExitCode::FAILURE;
        }
    };
    options.notes.iter().for_each(|note| complain(note));
    klog::init(options.log.clone());
    let outcome = match aggregate(Options::problems(&args)) {
        Some(problems) => Err(problems),
        None => serve(*options).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            tracing::error!(err = problem, "command failed");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> Result<(), String> {
    let stop = Stop::on_signals().map_err(|error| error.to_string())?;
    let clock = Arc::new(SystemClock);
    let stores = Stores::open(&options.storage).await.map_err(|error| error.to_string())?;
    let started = assemble::start(options, stores.clone(), clock, stop).await;
    started.map_err(|error| error.to_string())?.wait().await;
    stores.close();
    Ok(())
}

fn complain(text: &str) {
    // Nobody is left to hear of an error that cannot be written.
    std::io::stderr().lock().write_all(format!("{text}\n").as_bytes()).ok();
}

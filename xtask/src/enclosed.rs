//! `cargo xtask enclosed`: how a command calls itself inside namespaces of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use pintle_conformance::Error;
use pintle_conformance::cluster::enclosure;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "enclosed",
    about: "what `node` and `conformance` start as the first process of their namespaces",
    run: first,
};

/// First argument of a command's call inside.
pub(crate) const INSIDE: &str = "--inside";

/// First argument of the call that undoes what a killed run left.
const SURVIVE: &str = "--survive";

/// Runs `xtask NAME --inside ARGUMENTS..` in namespaces; the arguments are made of the run's folder.
pub(crate) fn run(name: &str, arguments: impl FnOnce(&Path) -> Vec<String>) -> Result<(), Error> {
    run_within(name, None, arguments)
}

/// Runs as `run` does, and ends what takes longer.
pub(crate) fn run_within(
    name: &str,
    limit: Option<Duration>,
    arguments: impl FnOnce(&Path) -> Vec<String>,
) -> Result<(), Error> {
    let program = program()?;
    let state = state(name);
    enclosure::run(&state, limit, survivor(&state)?, |command| {
        command.arg(program).args([COMMAND.name, name, INSIDE]).args(arguments(&state));
    })
}

/// Fails if this machine does not let its user make the namespaces and what is in them.
pub(crate) fn probe() -> Result<(), Error> {
    let state = state("probe");
    enclosure::probe(&state, survivor(&state)?)
}

fn survivor(state: &Path) -> Result<Command, Error> {
    let mut command = Command::new(program()?);
    command.args([COMMAND.name, SURVIVE]).arg(state);
    Ok(command)
}

fn program() -> Result<PathBuf, Error> {
    std::env::current_exe().map_err(|error| Error::file(Path::new("xtask"), error))
}

/// Folder of a run.
fn state(name: &str) -> PathBuf {
    folder().join(format!("pintle-{name}-{}", std::process::id()))
}

/// Folder of the runs' folders.
pub(crate) fn folder() -> PathBuf {
    crate::target(&crate::root()).join("enclosed")
}

fn first(arguments: &[String]) -> Result<(), String> {
    if let [first, state] = arguments
        && first == SURVIVE
    {
        return enclosure::survive(Path::new(state)).map_err(|error| error.to_string());
    }
    let code = enclosure::first(|command| {
        command.args(arguments);
    });
    match code.map_err(|error| error.to_string())? {
        0 => Ok(()),
        // What went wrong has been said by the command itself.
        code => std::process::exit(code),
    }
}

//! `cargo xtask node`: a stock kubelet joins `pintle up` in namespaces of its own and runs pods.

use std::path::{Path, PathBuf};
use std::process::Command;

use pintle_conformance::Error;
use pintle_conformance::node::{self, Settings};
use pintle_conformance::stock::Stock;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "node",
    about: "join a stock kubelet to Pintle and run pods on it [--pintle FILE]",
    run,
};

/// First argument of the call inside the namespaces.
const INSIDE: &str = "--inside";

fn run(arguments: &[String]) -> Result<(), String> {
    if let [first, pintle, state] = arguments
        && first == INSIDE
    {
        return inside(pintle.into(), state.into());
    }
    let pintle = match arguments {
        [] => build()?,
        [flag, file] if flag == "--pintle" => PathBuf::from(file),
        _ => return Err("usage: cargo xtask node [--pintle FILE]".into()),
    };
    let state = std::env::temp_dir().join(format!("pintle-node-{}", std::process::id()));
    let done = outside(&pintle, &state);
    // Whatever was mounted there has gone with the namespaces.
    std::fs::remove_dir_all(&state).ok();
    match done {
        Err(Error::Missing(reason)) => {
            eprintln!("skipped: {reason}");
            Ok(())
        }
        other => other.map_err(|error| error.to_string()),
    }
}

fn outside(pintle: &Path, state: &Path) -> Result<(), Error> {
    Stock::find(&crate::root())?;
    let program = std::env::current_exe().map_err(|e| Error::file(Path::new("xtask"), e))?;
    eprintln!("logs are in {}", logs().display());
    node::outside(state, |command| {
        command.arg(program).args(["node", INSIDE]).arg(pintle).arg(state);
    })
}

fn inside(pintle: PathBuf, state: PathBuf) -> Result<(), String> {
    let failed = |error: &dyn std::fmt::Display| error.to_string();
    let stock = Stock::find(&crate::root()).map_err(|error| failed(&error))?;
    let logs = logs();
    if logs.exists() {
        std::fs::remove_dir_all(&logs).map_err(|error| failed(&error))?;
    }
    std::fs::create_dir_all(&logs).map_err(|error| failed(&error))?;
    let settings = Settings { stock, pintle, state, logs };
    node::inside(&settings, &|line| eprintln!("{line}")).map_err(|error| failed(&error))
}

fn logs() -> PathBuf {
    crate::target(&crate::root()).join("node")
}

fn build() -> Result<PathBuf, String> {
    let root = crate::root();
    let built = Command::new("cargo")
        .args(["build", "--release", "--package", "pintle"])
        .current_dir(&root)
        .status();
    if !built.map_err(|error| error.to_string())?.success() {
        return Err("pintle does not build".into());
    }
    Ok(crate::target(&root).join("release").join("pintle"))
}

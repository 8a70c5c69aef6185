//! `cargo xtask node`: a stock kubelet joins `pintle up` in namespaces of its own and runs pods.

use std::path::{Path, PathBuf};

use pintle_conformance::Error;
use pintle_conformance::node::{self, Settings};
use pintle_conformance::stock::{Set, Stock};

use crate::enclosed;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "node",
    about: "join a stock kubelet to Pintle and run pods on it [--pintle FILE]",
    run,
};

fn run(arguments: &[String]) -> Result<(), String> {
    if let [first, pintle, state] = arguments
        && first == enclosed::INSIDE
    {
        return inside(pintle.into(), state.into());
    }
    let pintle = match arguments {
        [] => crate::build_pintle("release")?,
        [flag, file] if flag == "--pintle" => PathBuf::from(file),
        _ => return Err("usage: cargo xtask node [--pintle FILE]".into()),
    };
    match outside(&pintle) {
        Err(Error::Missing(reason)) => {
            eprintln!("skipped: {reason}");
            Ok(())
        }
        other => other.map_err(|error| error.to_string()),
    }
}

fn outside(pintle: &Path) -> Result<(), Error> {
    Stock::find(&crate::root(), Set::Plane)?;
    node::check()?;
    eprintln!("logs are in {}", logs().display());
    enclosed::run("node", |state| vec![pintle.display().to_string(), state.display().to_string()])
}

fn inside(pintle: PathBuf, state: PathBuf) -> Result<(), String> {
    let stock = Stock::find(&crate::root(), Set::Plane).map_err(|error| error.to_string())?;
    let logs = logs();
    crate::empty_folder(&logs)?;
    let settings = Settings { stock, pintle, state, logs };
    node::inside(&settings, &|line| eprintln!("{line}")).map_err(|error| error.to_string())
}

fn logs() -> PathBuf {
    crate::target(&crate::root()).join("node")
}

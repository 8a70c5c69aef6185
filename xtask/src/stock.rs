//! `cargo xtask stock`: builds the stock release that Pintle is compared with.

use std::time::Duration;

use pintle_conformance::Error;
use pintle_conformance::images;
use pintle_conformance::stock::{Set, Stock};

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "stock",
    about: "build the stock release, its neighbours and the suite's images [--smoke]",
    run,
};

/// Longer than the slowest machine takes.
const PATIENCE: Duration = Duration::from_hours(3);

fn run(arguments: &[String]) -> Result<(), String> {
    let set = match arguments {
        [] => Set::All,
        [only] if only == "--smoke" => Set::Smoke,
        _ => return Err("usage: cargo xtask stock [--smoke]".into()),
    };
    let root = crate::root();
    let progress = |name: &str| eprintln!("building {name}");
    let stock = Stock::build(&root, set, PATIENCE, progress).map_err(|error| error.to_string())?;
    eprintln!("{}", stock.folder().display());
    match images::build(&root, &stock, progress) {
        Ok(images) => eprintln!("{}", images.display()),
        Err(Error::Missing(reason)) => eprintln!("no images: {reason}"),
        Err(error) => return Err(error.to_string()),
    }
    Ok(())
}

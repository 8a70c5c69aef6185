//! `cargo xtask stock`: builds the stock release that Pintle is compared with.

use pintle_conformance::stock::Stock;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "stock",
    about: "build the stock release's binaries and etcd from their modules",
    run,
};

fn run(_: &[String]) -> Result<(), String> {
    let stock = Stock::build(&crate::root(), |name| eprintln!("building {name}"));
    let stock = stock.map_err(|error| error.to_string())?;
    eprintln!("{}", stock.program("").display());
    Ok(())
}

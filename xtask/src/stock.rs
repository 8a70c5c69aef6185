//! `cargo xtask stock`: builds the stock release that Pintle is compared with.

use pintle_conformance::Error;
use pintle_conformance::images;
use pintle_conformance::stock::Stock;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "stock",
    about: "build the stock release, its neighbours and the suite's images",
    run,
};

fn run(_: &[String]) -> Result<(), String> {
    let root = crate::root();
    let progress = |name: &str| eprintln!("building {name}");
    let stock = Stock::build(&root, progress).map_err(|error| error.to_string())?;
    eprintln!("{}", stock.folder().display());
    match images::build(&root, &stock, progress) {
        Ok(images) => eprintln!("{}", images.display()),
        Err(Error::Missing(reason)) => eprintln!("no images: {reason}"),
        Err(error) => return Err(error.to_string()),
    }
    Ok(())
}

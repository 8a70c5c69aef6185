//! `cargo xtask linearizability`: histories of clients of both stores under kills, checked for an order
//! in which a single copy would have answered so.

use std::process::Command;

use pintle_conformance::stock::etcd;

use crate::trials::Trials;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "linearizability",
    about: "check histories of both stores under kills: [N] [--seed S] [--planted]",
    run,
};

const USAGE: &str = "usage: cargo xtask linearizability [N] [--seed S] [--planted]\n\
                     N       how many histories of each store, 100 unless said\n\
                     --seed  the choices of a run before; its history n has the seed S + n\n\
                     --planted  see that each of the bugs planted for it is found";

fn run(arguments: &[String]) -> Result<(), String> {
    let Trials { count: histories, seed, planted } = Trials::parse(arguments, 100).ok_or(USAGE)?;
    let root = crate::root();
    let releases = etcd::releases(&root, |name| eprintln!("building {name}"));
    let newest = releases.map(|mut releases| releases.pop());
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["test", "--package", "pintle-storage", "--test", "it"]).current_dir(root);
    match newest {
        Ok(Some(release)) => {
            command.env("PINTLE_STOCK", release.folder);
        }
        Ok(None) => {}
        Err(error) => eprintln!("without etcd: {error}"),
    }
    if planted {
        command.args(["--features", "planted-bugs", "--", "finds_planted_bugs"]);
    } else {
        command.args(["--", "linearizability", "--test-threads", "1"]);
        command.env("PINTLE_HISTORIES", histories.to_string());
    }
    if let Some(seed) = seed {
        command.env("PINTLE_HISTORY_SEED", seed.to_string());
    }
    let status = command.arg("--nocapture").status().map_err(|error| format!("cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err("a history could not be explained".into()) }
}

//! `cargo xtask powercuts`: the embedded store under writers on a file system whose power is cut.
//!
//! The file system is ext4 in a file, in memory if there is a `/dev/shm`, mounted where only this
//! command sees it. Needs root.

use std::path::Path;
use std::process::Command;

use crate::trials::Trials;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "powercuts",
    about: "cut the power under 16 writers: [N] [--seed S] [--planted]",
    run,
};

const USAGE: &str = "usage: cargo xtask powercuts [N] [--seed S] [--planted]\n\
                     N       how often, 1000 unless said\n\
                     --seed  the moments of a run before\n\
                     --planted  see that each of the bugs planted for it is found";

fn run(arguments: &[String]) -> Result<(), String> {
    let Trials { count: cuts, seed, planted } = Trials::parse(arguments, 1000).ok_or(USAGE)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new("unshare");
    command.arg("--mount").arg(cargo).current_dir(crate::root());
    command.args(["test", "--release", "--package", "pintle-storage", "--test", "power"]);
    if planted {
        command.args(["--features", "planted-bugs", "--", "finds_planted_bugs"]);
    } else {
        command.args(["--", "loses_nothing_acknowledged_when_the_power_is_cut"]);
        command.env("PINTLE_POWER_CUTS", cuts.to_string());
    }
    if let Some(seed) = seed {
        command.env("PINTLE_POWER_SEED", seed.to_string());
    }
    if Path::new("/dev/shm").is_dir() {
        command.env("PINTLE_POWER_FOLDER", "/dev/shm");
    }
    let status =
        command.arg("--nocapture").status().map_err(|error| format!("unshare: {error}"))?;
    if status.success() { Ok(()) } else { Err("something was lost, or could not be tried".into()) }
}

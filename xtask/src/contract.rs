//! `cargo xtask contract`: the store's suites against every release of etcd that it supports.

use std::process::Command;

use pintle_conformance::stock::etcd;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "contract",
    about: "run the store's suites against etcd 3.5, 3.6 and 3.7: [--failovers N] [--seed S]",
    run,
};

const USAGE: &str = "usage: cargo xtask contract [--failovers N] [--seed S]\n\
                     --failovers  how many members are killed or halted under load, 3 unless said\n\
                     --seed       the choices of a run before";

fn run(arguments: &[String]) -> Result<(), String> {
    let mut settings = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let name = match argument.as_str() {
            "--failovers" => "PINTLE_FAILOVERS",
            "--seed" => "PINTLE_FAILOVER_SEED",
            _ => return Err(USAGE.to_owned()),
        };
        let number = arguments.next().and_then(|text| text.parse::<u64>().ok()).ok_or(USAGE)?;
        settings.push((name, number.to_string()));
    }
    let root = crate::root();
    let releases = etcd::releases(&root, |name| eprintln!("building {name}"));
    let releases = releases.map_err(|error| error.to_string())?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    for release in releases {
        eprintln!("etcd {}", release.version);
        let status = Command::new(&cargo)
            .args(["test", "--package", "pintle-storage", "--test", "it"])
            .args(["--", "etcd", "failover", "transfer", "--nocapture"])
            .env("PINTLE_STOCK", &release.folder)
            .envs(settings.iter().map(|(name, number)| (*name, number)))
            .current_dir(&root)
            .status()
            .map_err(|error| format!("cargo: {error}"))?;
        if !status.success() {
            return Err(format!("the store is not what it promises on etcd {}", release.version));
        }
    }
    Ok(())
}

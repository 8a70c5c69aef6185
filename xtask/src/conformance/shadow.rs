//! `cargo xtask conformance shadow`: stock's answers beside ours.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use pintle_conformance::Error;
use pintle_conformance::plane::{AUDIT_LOG, Make, Parts, Plane, free_port};
use pintle_conformance::process::{Background, wait_until};
use pintle_conformance::shadow::{self, Replay, Server};
use pintle_conformance::stock::{Set, Stock};

use super::options::AUDITED;

/// The differences that are known.
const KNOWN: &str = "conformance/shadow.tsv";
/// How many requests are between two signs of life.
const SIGN: usize = 500;

/// Asks our API server, with stock's controllers beside it, what stock's was asked.
pub(super) fn run(arguments: &[String]) -> Result<(), String> {
    let root = crate::root();
    let recorded = super::folder(&format!("{}{AUDITED}", super::BASELINE));
    let mut log = recorded.join("logs").join(AUDIT_LOG);
    let (mut record, mut pintle) = (false, None);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--record" => record = true,
            "--pintle" => pintle = words.next().map(PathBuf::from),
            file => log = file.into(),
        }
    }
    let pintle = pintle.map_or_else(|| crate::build_pintle("release"), Ok)?;
    let replay = replay(&log, &pintle).map_err(|error| error.to_string())?;
    eprintln!("{}", replay.table.text());
    let lines = replay.table.lines();
    eprintln!("{} answers compared, {} kinds of differences", replay.compared, lines.len());
    let file = root.join(KNOWN);
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    let known: BTreeSet<String> = known.lines().map(str::to_owned).collect();
    if record {
        let text = lines.into_iter().fold(String::new(), |text, line| text + &line + "\n");
        return std::fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()));
    }
    let new: Vec<&String> = lines.difference(&known).collect();
    for line in &new {
        eprintln!("not on the list: {line}");
    }
    if new.is_empty() { Ok(()) } else { Err(format!("{} new differences", new.len())) }
}

fn replay(log: &std::path::Path, pintle: &std::path::Path) -> Result<Replay, Error> {
    let exchanges = shadow::read(log)?;
    let stock = Stock::find(&crate::root(), Set::Plane)?;
    let parts = Parts { apiserver: Make::Pintle, ..Parts::all(Make::Stock) };
    let mut plane = Plane::start(&stock, pintle, parts)?;
    let port = free_port()?;
    let config = plane.folder().join("super-admin.conf");
    let arguments = [
        format!("--kubeconfig={}", config.display()),
        "proxy".into(),
        format!("--port={port}"),
        // The way in is on loopback, and this is its only user.
        "--reject-paths=^$".into(),
    ];
    let kubectl = stock.program("kubectl");
    let mut proxy = Background::start("kubectl-proxy", &kubectl, &arguments, plane.folder())?;
    let server = Server { address: format!("127.0.0.1:{port}") };
    wait_until("kubectl proxy", Duration::from_secs(20), || {
        proxy.check()?;
        Ok(std::net::TcpStream::connect(&server.address).is_ok())
    })?;
    let mut replay = Replay::default();
    for (index, exchange) in exchanges.iter().enumerate() {
        replay.exchange(&server, exchange);
        if index % SIGN == SIGN - 1 {
            eprintln!("{} of {} requests", index + 1, exchanges.len());
            for ended in plane.revive()? {
                eprintln!("{ended}\nit was started again");
            }
            proxy.check()?;
        }
    }
    Ok(replay)
}

//! `cargo xtask session`: one kubectl session against stock and against Pintle, compared.
//!
//! With `--record` the list of known differences is written anew; without it, a difference that is
//! not on the list fails the command.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use pintle_conformance::plane::{Make, Parts, Plane};
use pintle_conformance::process::Background;
use pintle_conformance::session::{self, Mask, Outcome, Step};
use pintle_conformance::stock::Stock;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "session",
    about: "compare a kubectl session against stock and Pintle [--record]",
    run,
};

const SCRIPT: &str = "conformance/session/steps.txt";
const KNOWN: &str = "conformance/session/differences.txt";
const FAKE_NODES: &str = "3";

fn run(arguments: &[String]) -> Result<(), String> {
    let root = crate::root();
    let Some(stock) = crate::stock_or_skip(&root) else { return Ok(()) };
    let pintle = crate::build_pintle("debug")?;
    let path = root.join(SCRIPT);
    let script = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let steps = session::parse(&script);
    let theirs = outcomes(&stock, &pintle, Make::Stock, &steps)?;
    let ours = outcomes(&stock, &pintle, Make::Pintle, &steps)?;
    let mut report = String::new();
    let mut different = 0;
    for ((step, stock), ours) in steps.iter().zip(&theirs).zip(&ours) {
        let difference = session::difference(stock, ours);
        if !difference.is_empty() {
            different += 1;
            // Writing to a string cannot fail.
            writeln!(report, "$ {}\n{difference}", step.line).ok();
        }
    }
    eprintln!("{} calls, {different} differ", steps.len());
    let known = root.join(KNOWN);
    if arguments.iter().any(|argument| argument == "--record") {
        return std::fs::write(&known, report).map_err(|error| error.to_string());
    }
    compare(&known, &report)
}

/// Fails if the report holds a difference that the list does not.
fn compare(known: &Path, report: &str) -> Result<(), String> {
    let known = std::fs::read_to_string(known).unwrap_or_default();
    let listed: Vec<&str> = known.split("\n\n").map(str::trim).collect();
    let new: Vec<&str> = report
        .split("\n\n")
        .map(str::trim)
        .filter(|block| !block.is_empty() && !listed.contains(block))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    Err(format!("{} differences are not on the list:\n{}", new.len(), new.join("\n\n")))
}

/// Runs the whole session on a plane of one make, with the same fake nodes.
fn outcomes(
    stock: &Stock,
    pintle: &Path,
    make: Make,
    steps: &[Step],
) -> Result<Vec<Outcome>, String> {
    let failed = |error: pintle_conformance::Error| error.to_string();
    let plane = Plane::start(stock, pintle, Parts::all(make)).map_err(failed)?;
    let config = plane.folder().join("super-admin.conf").display().to_string();
    let arguments = ["fake-nodes", "--kubeconfig", &config, FAKE_NODES];
    let fakes = Background::start("fake-nodes", pintle, &arguments, plane.folder());
    let _fakes = fakes.map_err(failed)?;
    let wait = ["wait", "--for=condition=Ready", "nodes", "--all", "--timeout=30s"];
    pintle_conformance::process::wait_until("nodes", std::time::Duration::from_mins(1), || {
        Ok(plane.kubectl(&wait, "")?.status.success())
    })
    .map_err(failed)?;
    let mask = Mask::new();
    let step = |step: &Step| {
        let started = Instant::now();
        let outcome = session::run(&plane, step, &mask).map_err(failed)?;
        let seconds = started.elapsed().as_secs_f64();
        eprintln!("{make:?} {seconds:6.2} s  exit {:>2}  {}", outcome.code, step.line);
        Ok(outcome)
    };
    steps.iter().map(step).collect()
}

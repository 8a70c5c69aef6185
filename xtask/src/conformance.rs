//! `cargo xtask conformance`: the upstream suite on a cluster of stock's and our parts in any mix.

mod enter;
mod matrix;
mod options;
mod page;
mod shadow;

use std::path::{Path, PathBuf};
use std::time::Duration;

use pintle_conformance::Error;
use pintle_conformance::cluster::{Cluster, Settings, Steps, check, check_all, enclosure};
use pintle_conformance::images;
use pintle_conformance::results::{self, Expected};
use pintle_conformance::stock::Stock;
use pintle_conformance::suite::{self, Missing, Results, Runner, State, Test};

use crate::enclosed;
use options::Options;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "conformance",
    about: "run upstream's conformance tests on a cluster of mixed parts [--help]",
    run,
};

/// Recorded results, by configuration.
const RESULTS: &str = "conformance/results";
/// Configuration whose figures stand beside every other's.
const BASELINE: &str = "sss";
/// How long a run may take, in Go's words.
const LIMIT: &str = "3h";
const SMOKE_LIMIT: &str = "10m";
/// How long the stock release may take to build before a run that may be skipped is.
const BUILD: Duration = Duration::from_mins(14);
/// How many lines of a failure are shown.
const LINES: usize = 6;

fn run(arguments: &[String]) -> Result<(), String> {
    if let [first, state, pintle, rest @ ..] = arguments
        && first == enclosed::INSIDE
    {
        return inside(state.into(), pintle.into(), &Options::parse(rest)?);
    }
    match arguments.first().map(String::as_str) {
        Some("--help") => {
            eprintln!("{}", options::HELP);
            return Ok(());
        }
        Some("enter") => return enter::run(&arguments[1..]),
        Some("matrix") => return matrix::run(&arguments[1..]),
        Some("shadow") => return shadow::run(&arguments[1..]),
        Some("page") => return page::write(&crate::root()),
        _ => {}
    }
    let options = Options::parse(arguments)?;
    if options.clean {
        let count = enclosure::sweep().map_err(|error| error.to_string())?;
        eprintln!("{count} runs were left over and are gone");
        return Ok(());
    }
    match outside(&options, arguments) {
        Err(error @ (Error::Missing(_) | Error::Busy(_))) if options.skip_ok => {
            eprintln!("conformance tests skipped: {error}");
            Ok(())
        }
        other => other.map_err(|error| error.to_string()),
    }
}

fn outside(options: &Options, arguments: &[String]) -> Result<(), Error> {
    prepare(options)?;
    let failed = |reason| Error::Program { program: "conformance".into(), reason };
    let pintle = match &options.pintle {
        Some(file) => file.clone(),
        None if options.needs_pintle() => crate::build_pintle("release").map_err(failed)?,
        None => PathBuf::new(),
    };
    enclosed::run_within("conformance", options.limit, |state| {
        let mut all = vec![state.display().to_string(), pintle.display().to_string()];
        all.extend_from_slice(arguments);
        all
    })
}

/// Fails if something is missing, and makes the images.
fn prepare(options: &Options) -> Result<(), Error> {
    let root = crate::root();
    if options.skip_ok {
        return prepare_here(&root, options);
    }
    let stock = Stock::find(&root, options.needs())?;
    check()?;
    images::build(&root, &stock, building).map(drop)
}

/// Makes what can be made here; whatever cannot be is missing.
fn prepare_here(root: &Path, options: &Options) -> Result<(), Error> {
    if let Some(file) = options.pintle.as_ref().filter(|file| !file.exists()) {
        return Err(Error::Missing(format!("no {}", file.display())));
    }
    let missing = |what: &str| {
        let what = what.to_owned();
        move |error: Error| match error {
            Error::Program { .. } | Error::File { .. } if !enclosure::interrupted() => {
                Error::Missing(format!("{what} cannot be built here: {error}"))
            }
            other => other,
        }
    };
    let set = options.needs();
    let there = Stock::find(root, set).and_then(|stock| images::find(root, &stock));
    if there.is_ok() {
        check()?;
        return enclosed::probe();
    }
    check_all()?;
    enclosed::probe()?;
    eprintln!("the stock release is not there yet: it is built now, once, in some minutes");
    let stock = Stock::build(root, set, BUILD, building).map_err(missing("the stock release"))?;
    images::build(root, &stock, building).map_err(missing("the suite's images")).map(drop)
}

fn building(name: &str) {
    eprintln!("building {name}");
}

fn inside(state: PathBuf, pintle: PathBuf, options: &Options) -> Result<(), String> {
    let said = |error: Error| error.to_string();
    let root = crate::root();
    let stock = Stock::find(&root, options.needs()).map_err(said)?;
    let name = options.configuration();
    let folder = folder(&options.folder());
    let logs = folder.join("logs");
    crate::empty_folder(&folder)?;
    crate::empty_folder(&logs)?;
    eprintln!("configuration {name}; logs and reports are in {}", folder.display());
    let print = |line: &str| eprintln!("{line}");
    let settings = Settings {
        stock: stock.clone(),
        pintle,
        parts: options.parts,
        store: options.store,
        nodes: options.nodes,
        proxy_mode: options.proxy_mode.clone(),
        audit: options.audit,
        images: images::build(&root, &stock, print).map_err(said)?,
        state,
        logs,
    };
    let mut cluster = Cluster::start(&settings, &Steps::new(&print)).map_err(said)?;
    let mut tests = options.choice.tests();
    for Missing { part, what, tests } in suite::take_missing(&mut tests, options.parts) {
        eprintln!("left out, for want of {what} in our {part}: {tests}");
    }
    let limit = if options.choice.smoke { SMOKE_LIMIT } else { LIMIT };
    let runner =
        Runner { stock: &stock, procs: options.procs, folder: &folder, limit, print: &print };
    if tests.is_empty() && !options.keep {
        return Err("no test is chosen".into());
    }
    let ran = repeat(&runner, &mut cluster, &tests, options.repeat).map_err(said);
    let told = ran.and_then(|results| report(&root, &name, &folder, &results, options));
    if options.keep {
        if let Err(reason) = &told {
            eprintln!("{reason}");
        }
        enter::wait(&cluster, &settings)?;
    }
    told
}

/// Folder for the reports and logs of a run.
fn folder(name: &str) -> PathBuf {
    crate::target(&crate::root()).join("conformance").join(name)
}

/// Runs the tests again and again, and says how often each passed.
fn repeat(
    runner: &Runner<'_>,
    cluster: &mut Cluster,
    tests: &[Test],
    times: usize,
) -> Result<Results, Error> {
    let mut results = runner.run(cluster, tests)?;
    for _ in 1..times {
        results.add(runner.run(cluster, tests)?);
    }
    if times > 1 {
        for (test, times) in &results.times {
            eprintln!("passed {times}: {test}");
        }
    }
    Ok(results)
}

/// Prints what came of it, writes it down, and fails if a test was lost.
fn report(
    root: &Path,
    name: &str,
    folder: &Path,
    results: &Results,
    options: &Options,
) -> Result<(), String> {
    let said = |error: Error| error.to_string();
    let records = root.join(RESULTS);
    let baseline = Expected::read(&records, BASELINE).map_err(said)?;
    let mut expected = Expected::read(&records, name).map_err(said)?;
    let difference = expected.compare(&results.outcomes);
    let mut run = Expected::default();
    run.update(results, true);
    run.write(folder, "results").map_err(said)?;
    failures(folder, results);
    eprintln!("\n{}", results::table(&results.usage, &baseline.usage));
    let count = |state| results.outcomes.values().filter(|outcome| outcome.state == state).count();
    eprintln!(
        "{name}: {} passed, {} failed, {} skipped of {} in {:.0} s",
        count(State::Passed),
        count(State::Failed),
        count(State::Skipped),
        results.outcomes.len(),
        results.seconds,
    );
    if results.restarts > 0 {
        eprintln!("{} times a part of the plane ended by itself", results.restarts);
    }
    for test in &difference.won {
        eprintln!("passes now: {test}");
    }
    if options.record {
        expected.update(results, options.choice.is_whole());
        expected.write(&records, name).map_err(said)?;
        page::write(root)?;
    }
    let lost = difference.lost.len() + difference.new.len();
    if lost == 0 {
        return Ok(());
    }
    let names = difference.lost.iter().chain(&difference.new);
    for test in names {
        eprintln!("not expected to fail: {test}");
    }
    Err(format!("{lost} tests failed that are not on the list of known failures"))
}

/// Prints the first lines of every failure, and where the rest is.
fn failures(folder: &Path, results: &Results) {
    for (test, outcome) in &results.outcomes {
        if outcome.state == State::Passed {
            continue;
        }
        eprintln!("\n{} {test}", outcome.state.word());
        for line in outcome.message.lines().filter(|line| !line.trim().is_empty()).take(LINES) {
            eprintln!("    {line}");
        }
        if outcome.state == State::Failed {
            eprintln!("    … {}", suite::log(folder, test).display());
        }
    }
}

//! `cargo xtask tools`: stock's kubeadm and Helm, unchanged, against stock and against Pintle.
//!
//! Each plane has namespaces of its own, one after the other; what the calls printed stays in the target
//! folder beside the logs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use pintle_conformance::Error;
use pintle_conformance::session::{self, Outcome, Step};
use pintle_conformance::stock::{Set, Stock};
use pintle_conformance::tools::{self, Settings};

use crate::enclosed;
use crate::swap::parts;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "tools",
    about: "compare what kubeadm and Helm do with stock and Pintle [MIX] [--pintle FILE]",
    run,
};

const SCRIPT: &str = "conformance/tools/steps.txt";
const CHART: &str = "conformance/tools/chart";
const STOCK: &str = "sss";
/// Our API server, with stock's scheduler and controllers.
const MIX: &str = "pss";
const OUTCOMES: &str = "outcomes.json";

fn run(arguments: &[String]) -> Result<(), String> {
    if let [first, mix, pintle, state] = arguments
        && first == enclosed::INSIDE
    {
        return inside(mix, pintle.into(), state.into());
    }
    let (mix, pintle) = options(arguments)?;
    let missing = Stock::find(&crate::root(), Set::Tools).and_then(|_| tools::check());
    if let Err(Error::Missing(reason)) = missing {
        eprintln!("skipped: {reason}");
        return Ok(());
    }
    let pintle = pintle.map_or_else(|| crate::build_pintle("debug"), Ok)?;
    let steps = script()?;
    let theirs = outcomes(STOCK, &pintle)?;
    compare(&steps, &theirs, &outcomes(&mix, &pintle)?)
}

/// The mix, and our binary if it is named.
fn options(arguments: &[String]) -> Result<(String, Option<PathBuf>), String> {
    let (mut mix, mut pintle) = (MIX.to_owned(), None);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--pintle" => {
                let file = words.next().ok_or("--pintle: which?")?;
                pintle = Some(std::path::absolute(file).map_err(|error| error.to_string())?);
            }
            name => {
                parts(name)?;
                name.clone_into(&mut mix);
            }
        }
    }
    Ok((mix, pintle))
}

fn script() -> Result<Vec<Step>, String> {
    let path = crate::root().join(SCRIPT);
    let script = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
    Ok(session::parse(&script))
}

/// Runs all steps on a plane, in namespaces.
fn outcomes(mix: &str, pintle: &Path) -> Result<Vec<Outcome>, String> {
    let logs = logs(mix);
    crate::empty_folder(&logs)?;
    let words =
        |state: &Path| vec![mix.into(), pintle.display().to_string(), state.display().to_string()];
    enclosed::run("tools", words).map_err(|error| format!("{error}; see {}", logs.display()))?;
    let file = logs.join(OUTCOMES);
    let text =
        std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

fn inside(mix: &str, pintle: PathBuf, state: PathBuf) -> Result<(), String> {
    let root = crate::root();
    let failed = |error: Error| error.to_string();
    let settings = Settings {
        stock: Stock::find(&root, Set::Tools).map_err(failed)?,
        pintle,
        parts: parts(mix)?,
        chart: root.join(CHART),
        state,
        logs: logs(mix),
    };
    let print = |line: &str| eprintln!("{mix} {line}");
    let outcomes = tools::inside(&settings, &script()?, &print).map_err(failed)?;
    let file = settings.logs.join(OUTCOMES);
    let text = serde_json::to_string_pretty(&outcomes).map_err(|error| error.to_string())?;
    std::fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))
}

fn compare(steps: &[Step], theirs: &[Outcome], ours: &[Outcome]) -> Result<(), String> {
    let mut report = String::new();
    let mut different = 0;
    for ((step, stock), ours) in steps.iter().zip(theirs).zip(ours) {
        let difference = session::difference(stock, ours);
        if !difference.is_empty() {
            different += 1;
            // Writing to a string cannot fail.
            writeln!(report, "$ {}\n{difference}", step.line).ok();
        }
    }
    eprintln!("{} calls, {different} differ", steps.len());
    if different == 0 { Ok(()) } else { Err(format!("not as with stock:\n{report}")) }
}

fn logs(mix: &str) -> PathBuf {
    crate::target(&crate::root()).join("tools").join(mix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_api_server_is_compared_unless_another_mix_is_named() {
        let parse = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            options(&words)
        };
        assert_eq!(parse(""), Ok((MIX.into(), None)));
        assert_eq!(parse("ppp --pintle /x"), Ok(("ppp".into(), Some("/x".into()))));
        assert!(parse("--pintle").is_err());
        assert!(parse("pp").is_err());
    }

    #[test]
    fn the_script_is_of_known_tools() {
        let steps = script().expect("the script is there");
        let tool = |step: &Step| step.arguments.iter().find(|word| *word != "!").cloned();
        let known = ["kubeadm", "kubectl", "helm", "join", "objects"].map(str::to_owned);
        assert!(steps.len() > 20);
        assert!(steps.iter().all(|step| tool(step).is_some_and(|tool| known.contains(&tool))));
    }
}

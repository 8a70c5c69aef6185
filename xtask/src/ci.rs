//! `cargo xtask ci`: every check a change must pass, in the order of what fails fastest.

use std::process::Command;
use std::time::Instant;

pub(crate) const COMMAND: crate::Command =
    crate::Command { name: "ci", about: "run every check; stops at the first that fails", run };

/// One check: what it is called, the arguments of cargo and what it adds to the environment.
struct Step {
    name: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

/// The checks; `.ci/run` spells out the same ones.
const STEPS: &[Step] = &[
    Step { name: "format", arguments: &["fmt", "--all", "--check"], environment: &[] },
    Step {
        name: "clippy",
        arguments: &["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny=warnings"],
        environment: &[],
    },
    Step {
        name: "docs",
        arguments: &["doc", "--workspace", "--no-deps", "--locked"],
        environment: &[("RUSTDOCFLAGS", "--deny=warnings")],
    },
    Step {
        name: "codegen",
        arguments: &["run", "--quiet", "--locked", "--package=xtask", "--", "codegen", "--check"],
        environment: &[],
    },
    Step { name: "tests", arguments: &["test", "--workspace", "--locked"], environment: &[] },
    // Where it can be; the binary is the one that the tests have run.
    Step {
        name: "smoke",
        arguments: &[
            "run",
            "--quiet",
            "--locked",
            "--package=xtask",
            "--",
            "conformance",
            "--scheduler=stock",
            "--controllers=stock",
            "--smoke",
            "--skip-if-missing",
            "--limit=15",
            "--pintle=target/debug/pintle",
        ],
        environment: &[],
    },
];

fn run(arguments: &[String]) -> Result<(), String> {
    if !arguments.is_empty() {
        return Err("usage: cargo xtask ci".to_owned());
    }
    let start = Instant::now();
    for step in STEPS {
        check(step)?;
    }
    eprintln!("ci: passed after {}", elapsed(start));
    Ok(())
}

/// Runs one check, saying what it is and how long it took.
fn check(step: &Step) -> Result<(), String> {
    eprintln!("ci: {}: cargo {}", step.name, step.arguments.join(" "));
    let start = Instant::now();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(step.arguments)
        .envs(step.environment.iter().copied())
        .current_dir(crate::root())
        .status()
        .map_err(|error| format!("{}: cargo: {error}", step.name))?;
    if !status.success() {
        return Err(format!("{} failed after {}", step.name, elapsed(start)));
    }
    eprintln!("ci: {}: passed after {}", step.name, elapsed(start));
    Ok(())
}

/// Time since a start, in whole minutes and seconds.
fn elapsed(start: Instant) -> String {
    let seconds = start.elapsed().as_secs();
    format!("{}m {:02}s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::STEPS;

    #[test]
    fn ci_runs_the_same_checks() {
        let file = crate::root().join(".ci/run");
        let script = std::fs::read_to_string(&file).expect("the script is there");
        let script = script.replace("\\\n", " ");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = script.lines().map(words).collect();
        for step in STEPS {
            let command = format!("cargo {}", step.arguments.join(" "));
            assert!(lines.iter().any(|line| line.ends_with(&command)), "{command}");
        }
    }
}

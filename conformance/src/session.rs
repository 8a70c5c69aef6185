//! One scripted kubectl session, run against two control planes, its outputs compared.
//!
//! The script is plain text: a line `$ ARGUMENTS` is a call of kubectl, quoted as a shell would; the
//! lines after it up to the next empty line are its input.

use std::fmt::Write as _;
use std::process::Output;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::plane::Plane;

/// One call of kubectl.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Arguments as written.
    pub line: String,
    /// Arguments, unquoted.
    pub arguments: Vec<String>,
    /// Standard input.
    pub input: String,
}

/// What one call printed, masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Exit code; -1 if a signal ended it.
    pub code: i32,
    /// Standard output.
    pub output: String,
    /// Standard error.
    pub errors: String,
}

/// Reads a script.
pub fn parse(script: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut open = false;
    for line in script.lines() {
        if let Some(arguments) = line.strip_prefix("$ ") {
            let words = words(arguments);
            steps.push(Step { line: arguments.into(), arguments: words, input: String::new() });
            open = true;
        } else if line.is_empty() {
            open = false;
        } else if let (true, Some(step)) = (open, steps.last_mut()) {
            step.input.push_str(line);
            step.input.push('\n');
        }
    }
    steps
}

/// Splits at spaces, but not inside single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("there is always a word").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Runs one step.
pub fn run(plane: &Plane, step: &Step, mask: &Mask) -> Result<Outcome, Error> {
    let arguments: Vec<&str> = step.arguments.iter().map(String::as_str).collect();
    Ok(masked(plane, &plane.kubectl(&arguments, &step.input)?, mask))
}

/// What a program printed about a plane, without what is each plane's own.
pub(crate) fn masked(plane: &Plane, output: &Output, mask: &Mask) -> Outcome {
    let folder = plane.folder().display().to_string();
    let port = format!("127.0.0.1:{}", plane.port());
    let text = |bytes: &[u8]| {
        let text =
            String::from_utf8_lossy(bytes).replace(&folder, "FOLDER").replace(&port, "SERVER");
        mask.apply(&text)
    };
    Outcome {
        code: output.status.code().unwrap_or(-1),
        output: text(&output.stdout),
        errors: text(&output.stderr),
    }
}

/// What differs from run to run, and what stands for it.
pub struct Mask(Vec<(Regex, &'static str)>);

impl Mask {
    /// The mask of uids, times, ages, versions, random names and addresses.
    pub fn new() -> Self {
        let rules = [
            (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UID"),
            (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "TIME"),
            (r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}", "TIME"),
            (r#"(resourceVersion"?: ?)"?\d+"?"#, "${1}RV"),
            (r"-[a-z0-9]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b", "-HASH-RAND"),
            (r"-[bcdfghjklmnpqrstvwxz2456789]{8,10}\b", "-HASH"),
            (r#"(pod-template-hash(?:"?: ?"?|=))[a-z0-9]{8,10}"#, "${1}HASH"),
            (r"-[bcdfghjklmnpqrstvwxz2456789]{5}\b", "-RAND"),
            (r"\b192\.0\.2\.1:\d+\b", "ADVERTISED"),
            (r"\b10\.\d+\.\d+\.\d+\b", "SERVICE_IP"),
            (r"\b(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+\b", "POD_IP"),
            (r"\b(3[0-2]\d{3})\b", "NODE_PORT"),
            (r"\b\d+[smhd](\d+[smh])?( ago)?\b", "AGE"),
            (r"eyJ[\w.-]+", "TOKEN"),
            (r"X509SHA256=[0-9a-f]+", "X509SHA256=HASH"),
            (r"/tmp/(LIVE|MERGED)-\d+", "/tmp/${1}"),
            (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ [+-]\d{4}", "TIME"),
            // How often a rollout says that it waits is chance.
            (r"Waiting for [^\n]*\n", ""),
            (r" +", " "),
        ];
        let compile =
            |(pattern, stand_in)| (Regex::new(pattern).expect("the pattern is constant"), stand_in);
        Self(rules.into_iter().map(compile).collect())
    }

    /// The same with more rules, which come first.
    pub(crate) fn after(rules: &[(&str, &'static str)]) -> Self {
        let compile = |(pattern, stand_in): &(&str, &'static str)| {
            (Regex::new(pattern).expect("the pattern is constant"), *stand_in)
        };
        let mut all: Vec<_> = rules.iter().map(compile).collect();
        all.extend(Self::new().0);
        Self(all)
    }

    /// Masks a text.
    pub fn apply(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (pattern, stand_in) in &self.0 {
            text = pattern.replace_all(&text, *stand_in).into_owned();
        }
        text
    }
}

impl Default for Mask {
    fn default() -> Self {
        Self::new()
    }
}

/// How two outcomes of a step differ, line by line; empty if they do not.
pub fn difference(stock: &Outcome, ours: &Outcome) -> String {
    let mut text = String::new();
    if stock.code != ours.code {
        line(&mut text, '-', &format!("exit {}", stock.code));
        line(&mut text, '+', &format!("exit {}", ours.code));
    }
    for (stock, ours) in [(&stock.output, &ours.output), (&stock.errors, &ours.errors)] {
        let (stock, ours): (Vec<&str>, Vec<&str>) =
            (stock.lines().collect(), ours.lines().collect());
        let same = stock.iter().zip(&ours).take_while(|(a, b)| a == b).count();
        let (stock, ours) = (&stock[same..], &ours[same..]);
        let tail = stock.iter().rev().zip(ours.iter().rev()).take_while(|(a, b)| a == b).count();
        stock[..stock.len() - tail].iter().for_each(|s| line(&mut text, '-', s));
        ours[..ours.len() - tail].iter().for_each(|s| line(&mut text, '+', s));
    }
    text
}

fn line(text: &mut String, sign: char, content: &str) {
    // Writing to a string cannot fail.
    writeln!(text, "  {sign} {content}").ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_calls_with_their_input() {
        let steps = parse("# a note\n$ get pods\n\n$ apply -f - --x='a b'\nkind: X\nname: y\n\n");
        assert_eq!(steps[0].arguments, ["get", "pods"]);
        assert_eq!(steps[1].arguments, ["apply", "-f", "-", "--x=a b"]);
        assert_eq!(steps[1].input, "kind: X\nname: y\n");
    }

    #[test]
    fn what_changes_between_runs_is_masked() {
        let mask = Mask::new();
        for (given, then) in [
            ("web-5d4f8c7b9d-x2x4z 1/1 Running 0 12s", "web-HASH-RAND 1/1 Running 0 AGE"),
            ("resourceVersion: \"12\"", "resourceVersion: RV"),
            ("a  b 10.96.3.4 2m3s ago", "a b SERVICE_IP AGE"),
            ("uid: 0f8fad5b-d9cb-469f-a165-70867728950e", "uid: UID"),
        ] {
            assert_eq!(mask.apply(given), then);
        }
    }

    #[test]
    fn only_lines_that_differ_are_shown() {
        let outcome =
            |output: &str| Outcome { code: 0, output: output.into(), errors: String::new() };
        let text = difference(&outcome("a\nb\nc\n"), &outcome("a\nx\nc\n"));
        assert_eq!(text, "  - b\n  + x\n");
        assert_eq!(difference(&outcome("a\n"), &outcome("a\n")), "");
    }
}

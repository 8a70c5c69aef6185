//! Expected results: what the last recorded run of a configuration gave, and how a new one differs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::suite::{Outcome, Results, State, Times, Usage};

const MIB: f64 = (1 << 20) as f64;

/// Recorded results of a configuration.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// By the test's name.
    pub states: BTreeMap<String, State>,
    /// By the part's name.
    pub usage: BTreeMap<String, Usage>,
    /// How often tests passed that were repeated.
    pub times: BTreeMap<String, Times>,
}

/// How a run differs from what was expected.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Tests that passed once and do not any more.
    pub lost: Vec<String>,
    /// Tests that are expected to fail and passed.
    pub won: Vec<String>,
    /// Tests without an expectation that did not pass.
    pub new: Vec<String>,
}

impl Expected {
    /// What is recorded under a name in the folder; empty if nothing is.
    pub fn read(folder: &Path, name: &str) -> Result<Self, Error> {
        let mut expected = Self::default();
        for (state, test) in lines(&tests(folder, name))? {
            let known = [State::Passed, State::Failed, State::Skipped];
            if let Some(state) = known.into_iter().find(|known| known.word() == state) {
                expected.states.insert(test, state);
            }
        }
        for (part, figures) in lines(&usage(folder, name))? {
            if let Some((seconds, peak)) = figures.split_once('\t')
                && let (Ok(seconds), Ok(peak)) = (seconds.parse(), peak.parse::<f64>())
            {
                let peak = (peak * MIB) as u64;
                expected.usage.insert(part, Usage { seconds, peak });
            }
        }
        for (figures, test) in lines(&times(folder, name))? {
            if let Ok(times) = figures.parse() {
                expected.times.insert(test, times);
            }
        }
        Ok(expected)
    }

    /// How results differ from these.
    pub fn compare(&self, outcomes: &BTreeMap<String, Outcome>) -> Difference {
        let mut difference = Difference::default();
        for (test, outcome) in outcomes {
            let passed = outcome.state == State::Passed;
            match (self.states.get(test), passed) {
                (Some(State::Passed), false) => difference.lost.push(test.clone()),
                (Some(State::Failed | State::Skipped), true) => difference.won.push(test.clone()),
                (None, false) => difference.new.push(test.clone()),
                _ => {}
            }
        }
        difference
    }

    /// Takes results over, those of lost tests apart: the list of failures only shrinks.
    pub fn update(&mut self, results: &Results, whole: bool) {
        for (test, outcome) in &results.outcomes {
            let known = self.states.get(test);
            if known != Some(&State::Passed) {
                self.states.insert(test.clone(), outcome.state);
            }
        }
        for (test, times) in results.times.iter().filter(|(_, times)| times.all > 1) {
            self.times.insert(test.clone(), *times);
        }
        // What a part of the suite costs says nothing beside what the whole does.
        if whole {
            self.usage.clone_from(&results.usage);
        }
    }

    /// Writes the records.
    pub fn write(&self, folder: &Path, name: &str) -> Result<(), Error> {
        let mut text = String::new();
        for (test, state) in &self.states {
            // Writing to a string cannot fail.
            writeln!(text, "{}\t{test}", state.word()).ok();
        }
        save(&tests(folder, name), &text)?;
        let mut text = String::new();
        for (part, usage) in &self.usage {
            writeln!(text, "{part}\t{:.1}\t{:.1}", usage.seconds, usage.peak as f64 / MIB).ok();
        }
        if !text.is_empty() {
            save(&usage(folder, name), &text)?;
        }
        let mut text = String::new();
        for (test, times) in &self.times {
            writeln!(text, "{times}\t{test}").ok();
        }
        if text.is_empty() { Ok(()) } else { save(&times(folder, name), &text) }
    }
}

/// Names of the configurations that are recorded.
pub fn names(folder: &Path) -> Result<Vec<String>, Error> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder).map_err(|error| Error::file(folder, error))?;
    let name = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let name = name.strip_suffix(".tsv")?;
        (!name.contains('.')).then(|| name.to_owned())
    };
    let mut names: Vec<String> = entries.flatten().filter_map(name).collect();
    names.sort();
    Ok(names)
}

fn tests(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.tsv"))
}

fn usage(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.usage.tsv"))
}

fn times(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.times.tsv"))
}

fn save(file: &Path, content: &str) -> Result<(), Error> {
    let folder = file.parent().unwrap_or(file);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(file, content))
        .map_err(|error| Error::file(file, error))
}

/// The first field of each line, and the others.
fn lines(file: &Path) -> Result<Vec<(String, String)>, Error> {
    let content = match std::fs::read_to_string(file) {
        Ok(content) => content,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::file(file, error)),
    };
    let split = |line: &str| line.split_once('\t').map(|(a, b)| (a.to_owned(), b.to_owned()));
    Ok(content.lines().filter_map(split).collect())
}

/// A table of what parts have used, beside a recorded run.
pub fn table(usage: &BTreeMap<String, Usage>, beside: &BTreeMap<String, Usage>) -> String {
    let mut text =
        format!("{:<28} {:>9} {:>9}   recorded stock run\n", "part", "CPU s", "peak MiB");
    for (part, used) in usage {
        let mut line = format!("{part:<28} {:>9.1} {:>9.1}", used.seconds, used.peak as f64 / MIB);
        if let Some(stock) = beside.get(part) {
            write!(line, "   {:>9.1} {:>9.1}", stock.seconds, stock.peak as f64 / MIB).ok();
        }
        writeln!(text, "{line}").ok();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Difference, Expected};
    use crate::suite::{Outcome, Results, State, Times, Usage};

    fn outcomes(all: &[(&str, State)]) -> BTreeMap<String, Outcome> {
        let outcome = |state| Outcome { state, seconds: 1.0, message: String::new() };
        all.iter().map(|(test, state)| ((*test).to_owned(), outcome(*state))).collect()
    }

    fn expected(all: &[(&str, State)]) -> Expected {
        let states = all.iter().map(|(test, state)| ((*test).to_owned(), *state)).collect();
        Expected { states, ..Expected::default() }
    }

    #[test]
    fn what_stops_passing_is_lost_and_what_starts_is_won() {
        use State::{Failed, Passed, Skipped};
        let known = expected(&[("a", Passed), ("b", Passed), ("c", Failed), ("d", Failed)]);
        let run = outcomes(&[("a", Passed), ("b", Skipped), ("c", Passed), ("e", Failed)]);
        let want =
            Difference { lost: vec!["b".into()], won: vec!["c".into()], new: vec!["e".into()] };
        assert_eq!(known.compare(&run), want);
    }

    #[test]
    fn records_come_back_and_only_improve() {
        let folder = tempfile::tempdir().unwrap();
        let mut known = expected(&[("a", State::Passed), ("b", State::Failed)]);
        let results = Results {
            outcomes: outcomes(&[("a", State::Failed), ("b", State::Passed)]),
            times: [("b".to_owned(), Times { passed: 9, all: 10 })].into(),
            usage: [("etcd".to_owned(), Usage { seconds: 1.5, peak: 3 << 20 })].into(),
            ..Results::default()
        };
        known.update(&results, true);
        known.write(folder.path(), "sss").unwrap();
        let read = Expected::read(folder.path(), "sss").unwrap();
        assert_eq!(read.states["a"], State::Passed);
        assert_eq!(read.states["b"], State::Passed);
        assert_eq!(read.usage["etcd"], Usage { seconds: 1.5, peak: 3 << 20 });
        assert_eq!(read.times, known.times);
        assert_eq!(read.times["b"].passed, 9);
        assert!(Expected::read(folder.path(), "ppp").unwrap().states.is_empty());
    }
}

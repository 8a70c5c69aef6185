//! What the suite's log says of each test as soon as it is done.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

/// What stands between tests.
const RULE: &str = "------------------------------";
/// How a test's name begins.
const NAME: &str = "[sig-";

/// Follows a log.
pub(super) struct Progress {
    log: PathBuf,
    read: u64,
    /// The last line, as long as its end is not there.
    begun: String,
    reader: Reader,
}

/// What was heard so far.
#[derive(Debug, Default)]
pub(super) struct Count {
    pub(super) all: usize,
    pub(super) done: usize,
    pub(super) failed: usize,
}

/// Finds the tests in a log. One that ran beside others is named after its result, and one that ran
/// alone before.
#[derive(Debug, Default)]
struct Reader {
    ruled: bool,
    name: String,
    result: Option<String>,
}

impl Progress {
    /// Follows what is added to a log from now on.
    pub(super) fn new(log: PathBuf) -> Self {
        let read = std::fs::metadata(&log).map_or(0, |about| about.len());
        Self { log, read, begun: String::new(), reader: Reader::default() }
    }

    /// Lines about the tests that are done since the last call.
    pub(super) fn lines(&mut self, count: &mut Count) -> Vec<String> {
        let mut new = Vec::new();
        let read = File::open(&self.log).and_then(|mut file| {
            file.seek(SeekFrom::Start(self.read))?;
            file.read_to_end(&mut new)
        });
        // What cannot be read now may be the next time.
        self.read += read.unwrap_or(0) as u64;
        self.begun.push_str(&String::from_utf8_lossy(&new));
        let mut lines = Vec::new();
        while let Some(end) = self.begun.find('\n') {
            let line: String = self.begun.drain(..=end).collect();
            if let Some((result, test)) = self.reader.line(line.trim_end()) {
                lines.push(count.line(&result, &test));
            }
        }
        lines
    }
}

impl Reader {
    /// Takes a line; returns a result and a test if one is done.
    fn line(&mut self, line: &str) -> Option<(String, String)> {
        let after_rule = std::mem::replace(&mut self.ruled, line == RULE);
        if let Some(result) = self.result.take() {
            let name = if line.starts_with(NAME) { name(line) } else { self.name.clone() };
            return Some((result, name));
        }
        if after_rule && line.starts_with(NAME) {
            self.name = name(line);
        }
        let result = line.strip_prefix("• [").or_else(|| line.strip_prefix("S ["))?;
        self.result = Some(result.replace("] [", " ").trim_end_matches(']').into());
        None
    }
}

/// The name without the labels that follow it, which begin as the name does, and without the mark
/// of where it failed.
fn name(line: &str) -> String {
    let end = line.rfind(" [sig-").unwrap_or(line.len());
    line[..end].replace(" [It] ", " ")
}

impl Count {
    fn line(&mut self, result: &str, test: &str) -> String {
        let failed = !result.starts_with(|c: char| c.is_ascii_digit());
        self.done += 1;
        self.failed += usize::from(failed);
        let (done, all) = (self.done, self.all);
        format!("{done:>4}/{all}  {} failed  {result:<16}  {test}", self.failed)
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write as _;

    use super::{Count, Progress};

    #[track_caller]
    fn check(log: &str, want: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log");
        std::fs::write(&file, "• [9 seconds]\n[sig-a] of an earlier run\n").unwrap();
        let mut progress = Progress::new(file.clone());
        File::options().append(true).open(&file).unwrap().write_all(log.as_bytes()).unwrap();
        let mut count = Count { all: 2, ..Count::default() };
        assert_eq!(progress.lines(&mut count), want);
    }

    #[test]
    fn tests_that_ran_beside_others_are_named_after_their_results() {
        check(
            "------------------------------\n• [1.5 seconds]\n[sig-a] first [x] [sig-a, x]\n/x.go:1\n\n\
             ------------------------------\n• [FAILED] [0.2 seconds]\n[sig-a] A [It] b\n[FAILED] no\n",
            &[
                "   1/2  0 failed  1.5 seconds       [sig-a] first [x]",
                "   2/2  1 failed  FAILED 0.2 seconds  [sig-a] A b",
            ],
        );
    }

    #[test]
    fn tests_that_ran_alone_are_named_before() {
        check(
            "------------------------------\n[sig-a] first\n/x.go:1\n  STEP: a\n• [1.5 seconds]\n\
             ------------------------------\n",
            &["   1/2  0 failed  1.5 seconds       [sig-a] first"],
        );
    }
}

//! What is wrong with a text's syntax, and where (`go.yaml.in/yaml/v2` `parser.fail`).

use std::fmt;

use super::reader::Mark;

/// A broken text; the words are upstream's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    problem: &'static str,
    /// As upstream counts them; nothing is said of line 0.
    line: usize,
}

impl SyntaxError {
    /// Bytes that are no text. Upstream knows their offset and does not say it.
    pub(super) fn reader(problem: &'static str) -> Self {
        SyntaxError { problem, line: 0 }
    }

    /// Text that is no token: where the scanner stands counts, or on the first line what it was
    /// busy with.
    pub(super) fn scanner(problem: &'static str, at: Mark, context: Mark) -> Self {
        let line = if at.line == 0 { context.line } else { at.line + 1 };
        SyntaxError { problem, line }
    }

    /// A token that may not stand where it does. Upstream counts lines from 0 here.
    pub(super) fn parser(problem: &'static str, line: usize, context: usize) -> Self {
        SyntaxError { problem, line: if line == 0 { context } else { line } }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(self.problem),
            line => write!(f, "line {line}: {}", self.problem),
        }
    }
}

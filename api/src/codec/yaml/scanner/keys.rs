//! Where keys may begin, and how deep collections lie.

use super::{Scanner, Token};
use crate::codec::yaml::error::SyntaxError;
use crate::codec::yaml::reader::Mark;

/// How many flow collections may lie in one another, and how many block collections
/// (`max_flow_level`, `max_indents`).
const MAX_NESTING: usize = 10_000;
const TOO_DEEP: &str = "exceeded max depth of 10000";

/// How far behind its key a colon may stand.
const MAX_KEY_LENGTH: usize = 1024;

/// A key without `?` that may have begun.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SimpleKey {
    possible: bool,
    /// Whether nothing else can stand where it began.
    required: bool,
    /// The number of its first token.
    token: usize,
    mark: Mark,
}

impl Scanner<'_> {
    /// Whether a colon may still make the first waiting token part of a key.
    pub(super) fn first_may_be_key(&mut self) -> Result<bool, SyntaxError> {
        while self.key_levels.front().is_some_and(|(token, _)| *token < self.taken) {
            self.key_levels.pop_front();
        }
        match self.key_levels.front() {
            Some(&(token, level)) if token == self.taken => self.is_key_possible(level),
            _ => Ok(false),
        }
    }

    /// Whether the key of a level may still be one: it stands on one line, and is not too long.
    fn is_key_possible(&mut self, level: usize) -> Result<bool, SyntaxError> {
        let here = self.reader.mark();
        let Some(key) = self.keys.get_mut(level).filter(|key| key.possible) else {
            return Ok(false);
        };
        if key.mark.line == here.line && key.mark.index + MAX_KEY_LENGTH >= here.index {
            return Ok(true);
        }
        if key.required {
            let mark = key.mark;
            return Err(self.fail("could not find expected ':'", mark));
        }
        key.possible = false;
        Ok(false)
    }

    fn innermost(&self) -> usize {
        self.keys.len() - 1
    }

    /// A key may begin with the next token.
    pub(super) fn begin_key(&mut self) -> Result<(), SyntaxError> {
        if !self.key_allowed {
            return Ok(());
        }
        let mark = self.reader.mark();
        let required = self.flow_level == 0 && self.inner == mark.column + 1;
        self.forget_key()?;
        let (level, token) = (self.innermost(), self.next_number());
        self.keys[level] = SimpleKey { possible: true, required, token, mark };
        self.key_levels.push_back((token, level));
        Ok(())
    }

    /// The key that may have begun is none, now that something else follows.
    pub(super) fn forget_key(&mut self) -> Result<(), SyntaxError> {
        let level = self.innermost();
        let SimpleKey { possible, required, token, mark } = self.keys[level];
        if possible && required {
            return Err(self.fail("could not find expected ':'", mark));
        }
        if possible {
            self.keys[level].possible = false;
            self.forget_level(token);
        }
        Ok(())
    }

    /// Takes the key that a colon stands behind, if there is one: its first token's number and its
    /// place.
    pub(super) fn take_key(&mut self) -> Result<Option<(usize, Mark)>, SyntaxError> {
        let level = self.innermost();
        if !self.is_key_possible(level)? {
            return Ok(None);
        }
        let SimpleKey { token, mark, .. } = self.keys[level];
        self.keys[level].possible = false;
        self.forget_level(token);
        Ok(Some((token, mark)))
    }

    fn forget_level(&mut self, token: usize) {
        if let Ok(at) = self.key_levels.binary_search_by_key(&token, |(token, _)| *token) {
            self.key_levels.remove(at);
        }
    }

    pub(super) fn enter_flow(&mut self) -> Result<(), SyntaxError> {
        let mark = self.reader.mark();
        self.keys.push(SimpleKey { token: self.next_number(), mark, ..SimpleKey::default() });
        self.flow_level += 1;
        if self.flow_level > MAX_NESTING {
            return Err(self.fail(TOO_DEEP, mark));
        }
        Ok(())
    }

    /// Leaves a flow collection. Where no key ever began inside, that is the end of a key that the
    /// collection itself may have been, as in upstream's `yaml_parser_decrease_flow_level`.
    pub(super) fn leave_flow(&mut self) {
        if self.flow_level > 0 {
            self.flow_level -= 1;
            if let Some(key) = self.keys.pop() {
                self.forget_level(key.token);
            }
        }
    }

    /// Opens a block collection if the column lies deeper than the one that is open; its token
    /// comes before the one of the number, or last.
    pub(super) fn open_block(
        &mut self,
        start: Token,
        before: Option<usize>,
        mark: Mark,
    ) -> Result<(), SyntaxError> {
        if self.flow_level > 0 || self.inner > mark.column {
            return Ok(());
        }
        self.outer.push(self.inner);
        self.inner = mark.column + 1;
        if self.outer.len() > MAX_NESTING {
            return Err(self.fail(TOO_DEEP, self.keys[self.innermost()].mark));
        }
        self.insert(before.unwrap_or(usize::MAX), start, mark);
        Ok(())
    }

    /// Closes the block collections that lie deeper than a column, which is given plus 1.
    pub(super) fn close_blocks(&mut self, inner: usize) {
        if self.flow_level > 0 {
            return;
        }
        while self.inner > inner {
            self.push(Token::BlockEnd, self.reader.mark());
            self.inner = self.outer.pop().unwrap_or_default();
        }
    }
}

//! Block collections.

use super::{Event, EventKind, Parser, State};
use crate::codec::yaml::error::SyntaxError;
use crate::codec::yaml::scanner::Token;

impl Parser<'_> {
    pub(super) fn block_sequence(&mut self) -> Result<Event, SyntaxError> {
        match self.scanner.peek()? {
            (Token::BlockEntry, line) => {
                self.scanner.pop();
                match self.scanner.peek()?.0 {
                    Token::BlockEntry | Token::BlockEnd => {
                        Ok(self.empty(State::BlockSequence, line))
                    }
                    _ => self.node_before(State::BlockSequence, true, false),
                }
            }
            (Token::BlockEnd, line) => Ok(self.end(line)),
            (_, line) => Err(self.fail("did not find expected '-' indicator", line)),
        }
    }

    pub(super) fn indentless_sequence(&mut self) -> Result<Event, SyntaxError> {
        let (token, line) = self.scanner.peek()?;
        if !matches!(token, Token::BlockEntry) {
            self.leave();
            return Ok(Event { line, kind: EventKind::End });
        }
        self.scanner.pop();
        match self.scanner.peek()?.0 {
            Token::BlockEntry | Token::Key | Token::Value | Token::BlockEnd => {
                Ok(self.empty(State::IndentlessSequence, line))
            }
            _ => self.node_before(State::IndentlessSequence, true, false),
        }
    }

    pub(super) fn block_key(&mut self) -> Result<Event, SyntaxError> {
        match self.scanner.peek()? {
            (Token::Key, line) => {
                self.scanner.pop();
                self.block_part(State::BlockValue, line)
            }
            (Token::BlockEnd, line) => Ok(self.end(line)),
            (_, line) => Err(self.fail("did not find expected key", line)),
        }
    }

    pub(super) fn block_value(&mut self) -> Result<Event, SyntaxError> {
        let (token, line) = self.scanner.peek()?;
        if !matches!(token, Token::Value) {
            return Ok(self.empty(State::BlockKey, line));
        }
        self.scanner.pop();
        self.block_part(State::BlockKey, line)
    }

    /// A key or a value, which may be left out.
    fn block_part(&mut self, next: State, line: usize) -> Result<Event, SyntaxError> {
        match self.scanner.peek()?.0 {
            Token::Key | Token::Value | Token::BlockEnd => Ok(self.empty(next, line)),
            _ => self.node_before(next, true, true),
        }
    }

    /// Ends the innermost collection at its last token.
    pub(super) fn end(&mut self, line: usize) -> Event {
        self.leave();
        self.lines.pop();
        self.scanner.pop();
        Event { line, kind: EventKind::End }
    }

    /// Something is wrong in the innermost collection.
    pub(super) fn fail(&self, problem: &'static str, line: usize) -> SyntaxError {
        SyntaxError::parser(problem, line, self.lines.last().copied().unwrap_or_default())
    }
}

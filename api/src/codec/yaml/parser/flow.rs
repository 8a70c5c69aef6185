//! Flow collections.

use super::{Entry, Event, EventKind, Parser, State};
use crate::codec::yaml::error::SyntaxError;
use crate::codec::yaml::scanner::Token;

impl Parser<'_> {
    pub(super) fn flow_sequence(&mut self, entry: Entry) -> Result<Event, SyntaxError> {
        if entry == Entry::Next {
            match self.scanner.peek()? {
                (Token::FlowEntry, _) => self.scanner.pop(),
                (Token::FlowSequenceEnd, line) => return Ok(self.end(line)),
                (_, line) => return Err(self.fail("did not find expected ',' or ']'", line)),
            }
        }
        match self.scanner.peek()? {
            (Token::FlowSequenceEnd, line) => Ok(self.end(line)),
            (Token::Key, line) => {
                self.scanner.pop();
                self.state = State::PairKey;
                Ok(Event { line, kind: EventKind::MappingStart { anchor: None } })
            }
            _ => self.node_before(State::FlowSequence(Entry::Next), false, false),
        }
    }

    /// The key of a mapping with one entry, which stands in a sequence without braces.
    pub(super) fn pair_key(&mut self) -> Result<Event, SyntaxError> {
        match self.scanner.peek()? {
            (Token::Value | Token::FlowEntry | Token::FlowSequenceEnd, line) => {
                // Upstream takes the token with the key that is left out.
                self.scanner.pop();
                Ok(self.empty(State::PairValue, line))
            }
            _ => self.node_before(State::PairValue, false, false),
        }
    }

    pub(super) fn pair_value(&mut self) -> Result<Event, SyntaxError> {
        self.flow_part(State::PairEnd, |token| {
            matches!(token, Token::FlowEntry | Token::FlowSequenceEnd)
        })
    }

    pub(super) fn pair_end(&mut self) -> Result<Event, SyntaxError> {
        let (_, line) = self.scanner.peek()?;
        self.state = State::FlowSequence(Entry::Next);
        Ok(Event { line, kind: EventKind::End })
    }

    pub(super) fn flow_key(&mut self, entry: Entry) -> Result<Event, SyntaxError> {
        if entry == Entry::Next {
            match self.scanner.peek()? {
                (Token::FlowEntry, _) => self.scanner.pop(),
                (Token::FlowMappingEnd, line) => return Ok(self.end(line)),
                (_, line) => return Err(self.fail("did not find expected ',' or '}'", line)),
            }
        }
        match self.scanner.peek()? {
            (Token::FlowMappingEnd, line) => Ok(self.end(line)),
            (Token::Key, _) => {
                self.scanner.pop();
                match self.scanner.peek()? {
                    (Token::Value | Token::FlowEntry | Token::FlowMappingEnd, line) => {
                        Ok(self.empty(State::FlowValue, line))
                    }
                    _ => self.node_before(State::FlowValue, false, false),
                }
            }
            _ => self.node_before(State::FlowNoValue, false, false),
        }
    }

    pub(super) fn flow_value(&mut self) -> Result<Event, SyntaxError> {
        self.flow_part(State::FlowKey(Entry::Next), |token| {
            matches!(token, Token::FlowEntry | Token::FlowMappingEnd)
        })
    }

    /// A value, which may be left out before some tokens.
    fn flow_part(&mut self, next: State, ends: fn(&Token) -> bool) -> Result<Event, SyntaxError> {
        let (token, line) = self.scanner.peek()?;
        if !matches!(token, Token::Value) {
            return Ok(self.empty(next, line));
        }
        self.scanner.pop();
        let (token, behind) = self.scanner.peek()?;
        if !ends(token) {
            return self.node_before(next, false, false);
        }
        // In a sequence upstream takes the colon's place, in a mapping what follows it.
        let pair = next == State::PairEnd;
        Ok(self.empty(next, if pair { line } else { behind }))
    }
}

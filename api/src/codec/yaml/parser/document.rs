//! Where the document begins and ends.

use super::{Event, Parser, State};
use crate::codec::yaml::error::SyntaxError;
use crate::codec::yaml::scanner::Token;

/// The handles that every document knows.
const DEFAULT_TAGS: [(&str, &str); 2] = [("!", "!"), ("!!", "tag:yaml.org,2002:")];

impl Parser<'_> {
    /// Begins the document, if there is one.
    pub(super) fn document_start(&mut self) -> Result<bool, SyntaxError> {
        let explicit = match self.scanner.peek()?.0 {
            Token::StreamEnd => return Ok(false),
            Token::Version { .. } | Token::TagDirective { .. } | Token::DocumentStart => true,
            _ => false,
        };
        self.directives()?;
        self.states.push(State::DocumentEnd);
        self.state = State::BlockNode;
        if explicit {
            let (token, line) = self.scanner.peek()?;
            if !matches!(token, Token::DocumentStart) {
                let problem = "did not find expected <document start>";
                return Err(SyntaxError::parser(problem, line, 0));
            }
            self.scanner.pop();
            self.state = State::DocumentContent;
        }
        Ok(true)
    }

    fn directives(&mut self) -> Result<(), SyntaxError> {
        let mut versioned = false;
        loop {
            let (token, line) = self.scanner.peek()?;
            let fail = |problem| Err(SyntaxError::parser(problem, line, 0));
            match token {
                Token::Version { .. } if versioned => {
                    return fail("found duplicate %YAML directive");
                }
                Token::Version { major: 1, minor: 1 } => versioned = true,
                Token::Version { .. } => return fail("found incompatible YAML document"),
                Token::TagDirective { handle, prefix } => {
                    let tag = (std::mem::take(handle), std::mem::take(prefix));
                    if self.tags.iter().any(|(handle, _)| *handle == tag.0) {
                        return fail("found duplicate %TAG directive");
                    }
                    self.tags.push(tag);
                }
                _ => break,
            }
            self.scanner.pop();
        }
        // The first one of a handle counts.
        self.tags
            .extend(DEFAULT_TAGS.map(|(handle, prefix)| (handle.to_owned(), prefix.to_owned())));
        Ok(())
    }

    pub(super) fn document_content(&mut self) -> Result<Event, SyntaxError> {
        match self.scanner.peek()? {
            (
                Token::Version { .. }
                | Token::TagDirective { .. }
                | Token::DocumentStart
                | Token::DocumentEnd
                | Token::StreamEnd,
                line,
            ) => {
                let next = self.states.pop().unwrap_or(State::DocumentEnd);
                Ok(self.empty(next, line))
            }
            _ => self.node(true, false),
        }
    }
}

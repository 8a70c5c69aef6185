//! The tokens of one character, or of three: what collections and documents are marked with.

use super::{Scanner, Token};
use crate::codec::yaml::error::SyntaxError;

impl Scanner<'_> {
    /// Adds a token that is as long as so many characters.
    fn push_indicator(&mut self, token: Token, characters: usize) {
        self.push(token, self.reader.mark());
        for _ in 0..characters {
            self.reader.skip();
        }
    }

    pub(super) fn stream_end(&mut self) -> Result<(), SyntaxError> {
        self.reader.end_line();
        self.end_document()?;
        self.push(Token::StreamEnd, self.reader.mark());
        Ok(())
    }

    pub(super) fn document_marker(&mut self, token: Token) -> Result<(), SyntaxError> {
        self.end_document()?;
        self.push_indicator(token, 3);
        Ok(())
    }

    /// Closes all that is open.
    pub(super) fn end_document(&mut self) -> Result<(), SyntaxError> {
        self.close_blocks(0);
        self.forget_key()?;
        self.key_allowed = false;
        Ok(())
    }

    pub(super) fn flow_start(&mut self, token: Token) -> Result<(), SyntaxError> {
        self.begin_key()?;
        self.enter_flow()?;
        self.key_allowed = true;
        self.push_indicator(token, 1);
        Ok(())
    }

    pub(super) fn flow_end(&mut self, token: Token) -> Result<(), SyntaxError> {
        self.forget_key()?;
        self.leave_flow();
        self.key_allowed = false;
        self.push_indicator(token, 1);
        Ok(())
    }

    pub(super) fn flow_entry(&mut self) -> Result<(), SyntaxError> {
        self.forget_key()?;
        self.key_allowed = true;
        self.push_indicator(Token::FlowEntry, 1);
        Ok(())
    }

    /// Begins what needs a line or an indicator before it.
    fn begin_entry(&mut self, start: Token, problem: &'static str) -> Result<(), SyntaxError> {
        let mark = self.reader.mark();
        if self.flow_level == 0 {
            if !self.key_allowed {
                return Err(self.fail(problem, mark));
            }
            self.open_block(start, None, mark)?;
        }
        Ok(())
    }

    pub(super) fn block_entry(&mut self) -> Result<(), SyntaxError> {
        let problem = "block sequence entries are not allowed in this context";
        self.begin_entry(Token::BlockSequenceStart, problem)?;
        self.forget_key()?;
        self.key_allowed = true;
        self.push_indicator(Token::BlockEntry, 1);
        Ok(())
    }

    pub(super) fn key(&mut self) -> Result<(), SyntaxError> {
        let problem = "mapping keys are not allowed in this context";
        self.begin_entry(Token::BlockMappingStart, problem)?;
        self.forget_key()?;
        self.key_allowed = self.flow_level == 0;
        self.push_indicator(Token::Key, 1);
        Ok(())
    }

    pub(super) fn value(&mut self) -> Result<(), SyntaxError> {
        if let Some((number, mark)) = self.take_key()? {
            self.insert(number, Token::Key, mark);
            self.open_block(Token::BlockMappingStart, Some(number), mark)?;
            self.key_allowed = false;
        } else {
            let problem = "mapping values are not allowed in this context";
            self.begin_entry(Token::BlockMappingStart, problem)?;
            self.key_allowed = self.flow_level == 0;
        }
        self.push_indicator(Token::Value, 1);
        Ok(())
    }
}

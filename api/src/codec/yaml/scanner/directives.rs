//! `%YAML` and `%TAG`, which stand before a document.

use super::{Scanner, Token};
use crate::codec::yaml::error::SyntaxError;
use crate::codec::yaml::reader::Mark;

/// How many digits a version's number may have.
const MAX_DIGITS: usize = 2;

impl Scanner<'_> {
    pub(super) fn directive(&mut self) -> Result<(), SyntaxError> {
        self.end_document()?;
        let start = self.reader.mark();
        self.reader.skip();
        let mut name = String::new();
        self.reader.read_name(&mut name)?;
        if name.is_empty() {
            return Err(self.fail("could not find expected directive name", start));
        }
        if !self.reader.is_space(0) {
            return Err(self.fail("found unexpected non-alphabetical character", start));
        }
        let token = match name.as_str() {
            "YAML" => self.version(start)?,
            "TAG" => self.tag_directive(start)?,
            _ => return Err(self.fail("found unknown directive name", start)),
        };
        self.end_header(start)?;
        self.push(token, start);
        Ok(())
    }

    /// Goes past the rest of a line, which may hold a comment and nothing else.
    pub(super) fn end_header(&mut self, start: Mark) -> Result<(), SyntaxError> {
        self.reader.skip_blanks()?;
        self.reader.skip_comment()?;
        if !self.reader.is_line_end(0) {
            return Err(self.fail("did not find expected comment or line break", start));
        }
        if self.reader.is_break(0) {
            self.reader.need(2)?;
            self.reader.skip_break();
        }
        Ok(())
    }

    fn version(&mut self, start: Mark) -> Result<Token, SyntaxError> {
        self.reader.skip_blanks()?;
        let major = self.version_number(start)?;
        if self.reader.byte(0) != b'.' {
            return Err(self.fail("did not find expected digit or '.' character", start));
        }
        self.reader.skip();
        let minor = self.version_number(start)?;
        Ok(Token::Version { major, minor })
    }

    fn version_number(&mut self, start: Mark) -> Result<u8, SyntaxError> {
        self.reader.need(1)?;
        let (mut value, mut digits) = (0, 0);
        while self.reader.byte(0).is_ascii_digit() {
            digits += 1;
            if digits > MAX_DIGITS {
                return Err(self.fail("found extremely long version number", start));
            }
            value = value * 10 + (self.reader.byte(0) - b'0');
            self.reader.skip();
            self.reader.need(1)?;
        }
        if digits == 0 {
            return Err(self.fail("did not find expected version number", start));
        }
        Ok(value)
    }

    fn tag_directive(&mut self, start: Mark) -> Result<Token, SyntaxError> {
        self.reader.skip_blanks()?;
        let handle = self.tag_handle(start)?;
        if handle.len() > 1 && !handle.ends_with('!') {
            return Err(self.fail("did not find expected '!'", start));
        }
        self.reader.need(1)?;
        if !self.reader.is_blank(0) {
            return Err(self.fail("did not find expected whitespace", start));
        }
        self.reader.skip_blanks()?;
        let prefix = self.tag_uri("", start)?;
        self.reader.need(1)?;
        if !self.reader.is_space(0) {
            return Err(self.fail("did not find expected whitespace or line break", start));
        }
        Ok(Token::TagDirective { handle, prefix })
    }
}

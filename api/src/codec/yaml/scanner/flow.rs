//! Scalars inside of lines: plain ones and those in quotes, whose line breaks are folded.

use super::{Scanner, Token};
use crate::codec::yaml::error::SyntaxError;
use crate::codec::yaml::reader::{Mark, Reader};

/// The white space between two words, which counts only if another word follows.
#[derive(Default)]
struct Gap {
    blanks: String,
    /// Whether it spans lines, so that the blanks do not count.
    broken: bool,
    first_break: String,
    other_breaks: String,
}

impl Gap {
    /// Reads what is white. A tab may not stand where it would indent a plain scalar's line.
    fn read(&mut self, reader: &mut Reader<'_>, indent: usize) -> Result<(), Option<SyntaxError>> {
        loop {
            if reader.is_blank(0) {
                if !self.broken {
                    reader.read(&mut self.blanks);
                } else if reader.byte(0) == b'\t' && reader.mark().column < indent {
                    return Err(None);
                } else {
                    reader.skip();
                }
            } else if reader.is_break(0) {
                reader.need(2)?;
                if self.broken {
                    reader.read_break(&mut self.other_breaks);
                } else {
                    reader.read_break(&mut self.first_break);
                    self.broken = true;
                }
            } else {
                return Ok(());
            }
            reader.need(1)?;
        }
    }

    /// Adds it to the text: a single line break becomes a space, of more than one the first is
    /// left out.
    fn close(&mut self, text: &mut String) {
        if !self.broken {
            text.push_str(&self.blanks);
        } else if !self.first_break.starts_with('\n') {
            text.push_str(&self.first_break);
            text.push_str(&self.other_breaks);
        } else if self.other_breaks.is_empty() {
            text.push(' ');
        } else {
            text.push_str(&self.other_breaks);
        }
        self.broken = false;
        self.blanks.clear();
        self.first_break.clear();
        self.other_breaks.clear();
    }

    fn is_empty(&self) -> bool {
        !self.broken && self.blanks.is_empty()
    }
}

impl Scanner<'_> {
    pub(super) fn plain_scalar(&mut self) -> Result<(), SyntaxError> {
        self.begin_key()?;
        self.key_allowed = false;
        let start = self.reader.mark();
        let flow = self.flow_level > 0;
        let (mut text, mut gap) = (String::new(), Gap::default());
        loop {
            self.reader.need(4)?;
            if self.reader.is_document_marker() || self.reader.byte(0) == b'#' {
                break;
            }
            self.plain_words(&mut text, &mut gap)?;
            if !(self.reader.is_blank(0) || self.reader.is_break(0)) {
                break;
            }
            self.reader.need(1)?;
            gap.read(&mut self.reader, self.inner).map_err(|error| {
                let problem = "found a tab character that violates indentation";
                error.unwrap_or_else(|| self.fail(problem, start))
            })?;
            if !flow && self.reader.mark().column < self.inner {
                break;
            }
        }
        self.push(Token::Scalar { text, plain: true }, start);
        if gap.broken {
            self.key_allowed = true;
        }
        Ok(())
    }

    /// Reads up to white space or an indicator.
    fn plain_words(&mut self, text: &mut String, gap: &mut Gap) -> Result<(), SyntaxError> {
        let flow = self.flow_level > 0;
        while !self.reader.is_space(0) {
            match self.reader.byte(0) {
                b':' if self.reader.is_space(1) => break,
                b',' | b'?' | b'[' | b']' | b'{' | b'}' if flow => break,
                _ => {}
            }
            if !gap.is_empty() {
                gap.close(text);
            }
            let ordinary = |byte: u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-'..=b'/' | b'_');
            self.reader.read_run(text, ordinary);
            self.reader.need(2)?;
        }
        Ok(())
    }

    pub(super) fn quoted_scalar(&mut self, single: bool) -> Result<(), SyntaxError> {
        self.begin_key()?;
        self.key_allowed = false;
        let start = self.reader.mark();
        self.reader.skip();
        let quote = if single { b'\'' } else { b'"' };
        let (mut text, mut gap) = (String::new(), Gap::default());
        loop {
            self.reader.need(4)?;
            if self.reader.is_document_marker() {
                return Err(self.fail("found unexpected document indicator", start));
            }
            if self.reader.is_end() {
                return Err(self.fail("found unexpected end of stream", start));
            }
            if single {
                self.single_quoted_words(&mut text)?;
            } else {
                gap.broken = self.double_quoted_words(&mut text, start)?;
            }
            self.reader.need(1)?;
            if self.reader.byte(0) == quote {
                break;
            }
            gap.read(&mut self.reader, 0)
                .map_err(|error| error.expect("no tab is wrong where no column is wanted"))?;
            gap.close(&mut text);
        }
        self.reader.skip();
        self.push(Token::Scalar { text, plain: false }, start);
        Ok(())
    }

    /// Reads up to white space or the quote that ends the scalar; two of them stand for one.
    fn single_quoted_words(&mut self, text: &mut String) -> Result<(), SyntaxError> {
        while !self.reader.is_space(0) {
            if self.reader.byte(0) == b'\'' {
                if self.reader.byte(1) != b'\'' {
                    break;
                }
                self.reader.skip();
            }
            self.reader.read_run(text, |byte| byte > b' ' && byte != b'\'');
            self.reader.need(2)?;
        }
        Ok(())
    }

    /// Reads up to white space or the quote that ends the scalar. Tells whether it stopped behind a
    /// line break that is escaped.
    fn double_quoted_words(&mut self, text: &mut String, start: Mark) -> Result<bool, SyntaxError> {
        while !self.reader.is_space(0) {
            match self.reader.byte(0) {
                b'"' => break,
                b'\\' if self.reader.is_break(1) => {
                    self.reader.need(3)?;
                    self.reader.skip();
                    self.reader.skip_break();
                    return Ok(true);
                }
                b'\\' => self.escape(text, start)?,
                _ => self.reader.read_run(text, |byte| byte > b' ' && !b"\"\\".contains(&byte)),
            }
            self.reader.need(2)?;
        }
        Ok(false)
    }

    fn escape(&mut self, text: &mut String, start: Mark) -> Result<(), SyntaxError> {
        let (character, digits) = match self.reader.byte(1) {
            b'0' => ('\0', 0),
            b'a' => ('\u{07}', 0),
            b'b' => ('\u{08}', 0),
            b't' | b'\t' => ('\t', 0),
            b'n' => ('\n', 0),
            b'v' => ('\u{0B}', 0),
            b'f' => ('\u{0C}', 0),
            b'r' => ('\r', 0),
            b'e' => ('\u{1B}', 0),
            byte @ (b' ' | b'"' | b'\'' | b'\\') => (char::from(byte), 0),
            b'N' => ('\u{85}', 0),
            b'_' => ('\u{A0}', 0),
            b'L' => ('\u{2028}', 0),
            b'P' => ('\u{2029}', 0),
            b'x' => ('\0', 2),
            b'u' => ('\0', 4),
            b'U' => ('\0', 8),
            _ => return Err(self.fail("found unknown escape character", start)),
        };
        self.reader.skip();
        self.reader.skip();
        if digits == 0 {
            text.push(character);
            return Ok(());
        }
        self.reader.need(digits)?;
        let mut value: u32 = 0;
        for offset in 0..digits {
            let Some(digit) = self.reader.hex(offset) else {
                return Err(self.fail("did not find expected hexdecimal number", start));
            };
            value = (value << 4) | digit;
        }
        let Some(character) = char::from_u32(value) else {
            return Err(self.fail("found invalid Unicode character escape code", start));
        };
        text.push(character);
        for _ in 0..digits {
            self.reader.skip();
        }
        Ok(())
    }
}

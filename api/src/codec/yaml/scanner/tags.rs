//! What stands before a node: its tag, its anchor; and the alias that stands for one.

use super::{Scanner, Token};
use crate::codec::yaml::error::SyntaxError;
use crate::codec::yaml::reader::Mark;

impl Scanner<'_> {
    pub(super) fn anchor(&mut self, alias: bool) -> Result<(), SyntaxError> {
        self.begin_key()?;
        self.key_allowed = false;
        let start = self.reader.mark();
        self.reader.skip();
        let mut name = String::new();
        self.reader.read_name(&mut name)?;
        let ends = self.reader.is_space(0)
            || matches!(self.reader.byte(0), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ends {
            return Err(self.fail("did not find expected alphabetic or numeric character", start));
        }
        self.push(if alias { Token::Alias(name) } else { Token::Anchor(name) }, start);
        Ok(())
    }

    pub(super) fn tag(&mut self) -> Result<(), SyntaxError> {
        self.begin_key()?;
        self.key_allowed = false;
        let start = self.reader.mark();
        self.reader.need(2)?;
        let token = if self.reader.byte(1) == b'<' {
            self.verbatim_tag(start)?
        } else {
            self.short_tag(start)?
        };
        self.reader.need(1)?;
        if !self.reader.is_space(0) {
            return Err(self.fail("did not find expected whitespace or line break", start));
        }
        self.push(token, start);
        Ok(())
    }

    /// `!<tag>`, which needs no handle.
    fn verbatim_tag(&mut self, start: Mark) -> Result<Token, SyntaxError> {
        self.reader.skip();
        self.reader.skip();
        let suffix = self.tag_uri("", start)?;
        if self.reader.byte(0) != b'>' {
            return Err(self.fail("did not find the expected '>'", start));
        }
        self.reader.skip();
        Ok(Token::Tag { handle: String::new(), suffix })
    }

    /// `!handle!suffix`, `!suffix`, or `!` alone.
    fn short_tag(&mut self, start: Mark) -> Result<Token, SyntaxError> {
        let handle = self.tag_handle(start)?;
        if handle.len() > 1 && handle.ends_with('!') {
            let suffix = self.tag_uri("", start)?;
            return Ok(Token::Tag { handle, suffix });
        }
        let suffix = self.tag_uri(&handle, start)?;
        let bang = "!".to_owned();
        Ok(if suffix.is_empty() {
            Token::Tag { handle: suffix, suffix: bang }
        } else {
            Token::Tag { handle: bang, suffix }
        })
    }

    /// A handle, or what might have become one: `!name` may end without a `!`.
    pub(super) fn tag_handle(&mut self, start: Mark) -> Result<String, SyntaxError> {
        self.reader.need(1)?;
        if self.reader.byte(0) != b'!' {
            return Err(self.fail("did not find expected '!'", start));
        }
        let mut handle = String::new();
        self.reader.read(&mut handle);
        self.reader.read_name(&mut handle)?;
        if self.reader.byte(0) == b'!' {
            self.reader.read(&mut handle);
        }
        Ok(handle)
    }

    /// The rest of a tag, of which a head was taken for a handle.
    pub(super) fn tag_uri(&mut self, head: &str, start: Mark) -> Result<String, SyntaxError> {
        let mut uri = head.get(1..).unwrap_or_default().to_owned();
        let mut found = !head.is_empty();
        self.reader.need(1)?;
        while self.reader.is_name() || b";/?:@&=+$,.!~*'()[]%".contains(&self.reader.byte(0)) {
            if self.reader.byte(0) == b'%' {
                self.tag_escape(&mut uri, start)?;
            } else {
                self.reader.read(&mut uri);
            }
            found = true;
            self.reader.need(1)?;
        }
        if !found {
            return Err(self.fail("did not find expected tag URI", start));
        }
        Ok(uri)
    }

    /// One character, whose bytes are `%` and two digits each. No tag that matters has broken ones.
    fn tag_escape(&mut self, uri: &mut String, start: Mark) -> Result<(), SyntaxError> {
        let mut bytes = Vec::new();
        let mut width = 1;
        while bytes.len() < width {
            self.reader.need(3)?;
            let digits = match (self.reader.byte(0), self.reader.hex(1), self.reader.hex(2)) {
                (b'%', Some(high), Some(low)) => (high << 4) | low,
                _ => return Err(self.fail("did not find URI escaped octet", start)),
            };
            let byte = u8::try_from(digits).unwrap_or_default();
            if bytes.is_empty() {
                width = match byte {
                    0..=0x7F => 1,
                    0xC0..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xF7 => 4,
                    _ => return Err(self.fail("found an incorrect leading UTF-8 octet", start)),
                };
            } else if byte & 0xC0 != 0x80 {
                return Err(self.fail("found an incorrect trailing UTF-8 octet", start));
            }
            bytes.push(byte);
            for _ in 0..3 {
                self.reader.skip();
            }
        }
        uri.push_str(&String::from_utf8_lossy(&bytes));
        Ok(())
    }
}

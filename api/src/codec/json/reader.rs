//! A cursor over JSON that is known to be well-formed.

use std::borrow::Cow;

use crate::codec::text;

/// Reads well-formed JSON; on anything else it stops early but never panics.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Reader { data, at: 0 }
    }

    /// The next byte that is not blank; 0 at the end.
    pub(super) fn peek(&mut self) -> u8 {
        while let Some(&byte) = self.data.get(self.at) {
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                return byte;
            }
            self.at += 1;
        }
        0
    }

    /// Steps over the byte that `peek` showed.
    pub(super) fn bump(&mut self) {
        self.at += 1;
    }

    /// After an opening bracket or a value: steps over a comma, or over the closing bracket and
    /// says that there is no more.
    pub(super) fn more(&mut self, close: u8) -> bool {
        match self.peek() {
            b',' => {
                self.bump();
                true
            }
            0 => false,
            byte if byte == close => {
                self.bump();
                false
            }
            _ => true,
        }
    }

    /// The inside of the string that begins here.
    pub(super) fn raw_string(&mut self) -> &'a [u8] {
        let start = self.at + 1;
        let mut end = start;
        while let Some(&byte) = self.data.get(end) {
            match byte {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        let end = end.min(self.data.len());
        self.at = end + 1;
        self.data.get(start..end).unwrap_or_default()
    }

    /// The text of the string that begins here.
    pub(super) fn string(&mut self) -> Cow<'a, str> {
        let raw = self.raw_string();
        match std::str::from_utf8(raw) {
            Ok(text) if !raw.contains(&b'\\') => Cow::Borrowed(text),
            _ => Cow::Owned(text::unescape(raw)),
        }
    }

    /// A key and its colon.
    pub(super) fn key(&mut self) -> Cow<'a, str> {
        self.peek();
        let key = self.string();
        if self.peek() == b':' {
            self.bump();
        }
        key
    }

    /// The text of the number, word or string that begins here.
    pub(super) fn literal(&mut self) -> &'a str {
        let start = self.at;
        if self.data.get(start) == Some(&b'"') {
            self.raw_string();
        } else {
            while let Some(byte) = self.data.get(self.at)
                && !matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n')
            {
                self.at += 1;
            }
        }
        let end = self.at.min(self.data.len());
        std::str::from_utf8(&self.data[start..end]).unwrap_or_default()
    }

    /// Steps over a value; returns its bytes.
    pub(super) fn skip(&mut self) -> &'a [u8] {
        self.peek();
        let start = self.at;
        let mut depth = 0usize;
        loop {
            match self.peek() {
                0 => break,
                b'"' => drop(self.raw_string()),
                b'{' | b'[' => {
                    depth += 1;
                    self.bump();
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.bump();
                }
                b',' | b':' => {
                    self.bump();
                    continue;
                }
                _ => drop(self.literal_or_colon()),
            }
            if depth == 0 {
                break;
            }
        }
        &self.data[start..self.at.min(self.data.len())]
    }

    fn literal_or_colon(&mut self) -> &'a str {
        let before = self.at;
        let literal = self.literal();
        if self.at == before {
            self.bump();
        }
        literal
    }
}

//! The reader: UTF-8 or UTF-16 to characters, with their places (`go.yaml.in/yaml/v2` `readerc.go`).

use super::decode::{Chunks, Encoding};
use super::error::SyntaxError;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A place in the text, counted in characters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    pub(super) index: usize,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Reads characters one by one. Whoever looks at them first asks for as many as it looks at; after
/// the last one come zeros without end.
pub(super) struct Reader<'i> {
    chunks: Chunks<'i>,
    /// What is decoded so far.
    text: String,
    at: usize,
    /// How many characters are known to follow.
    ahead: usize,
    /// Where the reader stood when it last ran out of characters.
    window: usize,
    mark: Mark,
}

impl<'i> Reader<'i> {
    pub(super) fn new(input: &'i [u8]) -> Self {
        // UTF-16 may need half as much again, which is seldom.
        let text = String::with_capacity(input.len());
        let chunks = Chunks::new(input, Encoding::of(input));
        Reader { chunks, text, at: 0, ahead: 0, window: 0, mark: Mark::default() }
    }

    pub(super) fn mark(&self) -> Mark {
        self.mark
    }

    /// Makes sure that `count` characters can be looked at.
    #[inline]
    pub(super) fn need(&mut self, count: usize) -> Result<(), SyntaxError> {
        if self.ahead >= count { Ok(()) } else { self.fill(count) }
    }

    fn fill(&mut self, count: usize) -> Result<(), SyntaxError> {
        self.window = self.at;
        while self.ahead < count {
            self.ahead += self.chunks.decode(&mut self.text)?;
            if self.chunks.ended() {
                self.ahead += 1;
                break;
            }
        }
        Ok(())
    }

    /// The byte at an offset from here; zero past the end.
    #[inline]
    pub(super) fn byte(&self, offset: usize) -> u8 {
        self.text.as_bytes().get(self.at + offset).copied().unwrap_or(0)
    }

    pub(super) fn is_end(&self) -> bool {
        self.byte(0) == 0
    }

    /// A space or a tab.
    #[inline]
    pub(super) fn is_blank(&self, offset: usize) -> bool {
        matches!(self.byte(offset), b' ' | b'\t')
    }

    #[inline]
    pub(super) fn is_break(&self, offset: usize) -> bool {
        match self.byte(offset) {
            b'\r' | b'\n' => true,
            0xC2 => self.byte(offset + 1) == 0x85,
            0xE2 => self.byte(offset + 1) == 0x80 && matches!(self.byte(offset + 2), 0xA8 | 0xA9),
            _ => false,
        }
    }

    /// A line break or the end.
    #[inline]
    pub(super) fn is_line_end(&self, offset: usize) -> bool {
        self.byte(offset) == 0 || self.is_break(offset)
    }

    /// A space, a tab, a line break or the end.
    #[inline]
    pub(super) fn is_space(&self, offset: usize) -> bool {
        self.is_blank(offset) || self.is_line_end(offset)
    }

    /// A letter, digit, `_` or `-`, which names are made of.
    pub(super) fn is_name(&self) -> bool {
        matches!(self.byte(0), b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-')
    }

    /// The value of a hexadecimal digit.
    pub(super) fn hex(&self, offset: usize) -> Option<u32> {
        char::from(self.byte(offset)).to_digit(16)
    }

    /// Whether a line begins here with `---` or `...` alone.
    pub(super) fn is_document_marker(&self) -> bool {
        let first = self.byte(0);
        self.mark.column == 0
            && matches!(first, b'-' | b'.')
            && self.byte(1) == first
            && self.byte(2) == first
            && self.is_space(3)
    }

    /// Skips a byte order mark that begins a line. Upstream's `is_bom` looks where its buffer
    /// begins instead of where it reads, so one mark there costs each line its first character.
    pub(super) fn skip_byte_order_mark(&mut self) {
        let behind = self.text.get(self.window..).unwrap_or_default();
        if self.mark.column == 0 && behind.starts_with(BYTE_ORDER_MARK) {
            self.skip();
        }
    }

    #[inline]
    fn width(&self) -> usize {
        match self.byte(0) {
            0..=0x7F => 1,
            0x80..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xFF => 4,
        }
    }

    #[inline]
    fn advance(&mut self, bytes: usize, characters: usize) {
        self.at = self.text.len().min(self.at + bytes);
        self.mark.index += characters;
        self.mark.column += characters;
        self.ahead = self.ahead.saturating_sub(characters);
    }

    /// Goes past a character.
    #[inline]
    pub(super) fn skip(&mut self) {
        self.advance(self.width(), 1);
    }

    /// Goes past spaces and tabs.
    pub(super) fn skip_blanks(&mut self) -> Result<(), SyntaxError> {
        self.need(1)?;
        while self.is_blank(0) {
            self.skip();
            self.need(1)?;
        }
        Ok(())
    }

    /// Goes past a comment, if one begins here.
    pub(super) fn skip_comment(&mut self) -> Result<(), SyntaxError> {
        if self.byte(0) != b'#' {
            return Ok(());
        }
        while !self.is_line_end(0) {
            self.skip();
            self.need(1)?;
        }
        Ok(())
    }

    /// Goes past a line break.
    pub(super) fn skip_break(&mut self) {
        let crlf = self.byte(0) == b'\r' && self.byte(1) == b'\n';
        if crlf {
            self.advance(2, 2);
        } else if self.is_break(0) {
            self.advance(self.width(), 1);
        } else {
            return;
        }
        self.mark.column = 0;
        self.mark.line += 1;
    }

    /// Ends the last line where no line break does.
    pub(super) fn end_line(&mut self) {
        if self.mark.column != 0 {
            self.mark.column = 0;
            self.mark.line += 1;
        }
    }

    /// Reads a character.
    #[inline]
    pub(super) fn read(&mut self, out: &mut String) {
        let width = self.width();
        out.push_str(self.text.get(self.at..self.at + width).unwrap_or_default());
        self.advance(width, 1);
    }

    /// Reads ASCII of a kind, as far as it goes without asking for more, and at least one character
    /// of any kind.
    #[inline]
    pub(super) fn read_run(&mut self, out: &mut String, kind: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let run = rest.iter().take(self.ahead.saturating_sub(1));
        let count = run.take_while(|&&byte| byte.is_ascii() && kind(byte)).count();
        if count == 0 {
            return self.read(out);
        }
        out.push_str(self.text.get(self.at..self.at + count).unwrap_or_default());
        self.advance(count, count);
    }

    /// Reads a line break, which becomes a line feed unless it is one of Unicode's own.
    pub(super) fn read_break(&mut self, out: &mut String) {
        if !self.is_break(0) {
            return;
        }
        if self.byte(0) == 0xE2 {
            out.push_str(self.text.get(self.at..self.at + 3).unwrap_or_default());
        } else {
            out.push('\n');
        }
        self.skip_break();
    }

    /// Reads letters, digits, `_` and `-`.
    pub(super) fn read_name(&mut self, out: &mut String) -> Result<(), SyntaxError> {
        self.need(1)?;
        while self.is_name() {
            self.read(out);
            self.need(1)?;
        }
        Ok(())
    }
}

//! Block scalars: the lines below `|` and `>`.

use super::{Scanner, Token};
use crate::codec::yaml::error::SyntaxError;
use crate::codec::yaml::reader::Mark;

/// Which of the line breaks at a scalar's end belong to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

impl Scanner<'_> {
    pub(super) fn block_scalar(&mut self, literal: bool) -> Result<(), SyntaxError> {
        self.forget_key()?;
        self.key_allowed = true;
        let start = self.reader.mark();
        self.reader.skip();
        let (chomping, increment) = self.block_header(start)?;
        self.end_header(start)?;
        let mut indent = increment.map_or(0, |increment| self.inner.saturating_sub(1) + increment);
        let (mut text, mut line_break, mut empty_lines) =
            (String::new(), String::new(), String::new());
        self.empty_lines(&mut indent, &mut empty_lines, start)?;
        self.reader.need(1)?;
        let mut after_blank = false;
        while self.reader.mark().column == indent && !self.reader.is_end() {
            let blank = self.reader.is_blank(0);
            // Lines are folded where neither of both begins with white space.
            let folds = !literal && !after_blank && !blank && line_break.starts_with('\n');
            if !folds {
                text.push_str(&line_break);
            } else if empty_lines.is_empty() {
                text.push(' ');
            }
            text.push_str(&empty_lines);
            line_break.clear();
            empty_lines.clear();
            after_blank = blank;
            while !self.reader.is_line_end(0) {
                self.reader.read_run(&mut text, |byte| matches!(byte, b'\t' | b' '..=b'~'));
                self.reader.need(1)?;
            }
            self.reader.need(2)?;
            self.reader.read_break(&mut line_break);
            self.empty_lines(&mut indent, &mut empty_lines, start)?;
        }
        if chomping != Chomping::Strip {
            text.push_str(&line_break);
        }
        if chomping == Chomping::Keep {
            text.push_str(&empty_lines);
        }
        self.push(Token::Scalar { text, plain: false }, start);
        Ok(())
    }

    /// Reads the indicators of chomping and indentation, which may stand either way round.
    fn block_header(&mut self, start: Mark) -> Result<(Chomping, Option<usize>), SyntaxError> {
        self.reader.need(1)?;
        let chomping = self.chomping();
        self.reader.need(1)?;
        let mut increment = None;
        if self.reader.byte(0).is_ascii_digit() {
            if self.reader.byte(0) == b'0' {
                return Err(self.fail("found an indentation indicator equal to 0", start));
            }
            increment = Some(usize::from(self.reader.byte(0) - b'0'));
            self.reader.skip();
            self.reader.need(1)?;
        }
        let chomping = match chomping {
            None if increment.is_some() => self.chomping(),
            chomping => chomping,
        };
        Ok((chomping.unwrap_or(Chomping::Clip), increment))
    }

    fn chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.reader.byte(0) {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.reader.skip();
        Some(chomping)
    }

    /// Reads indentation and lines that hold nothing else. The deepest of them tells how deep the
    /// scalar lies if its header does not.
    fn empty_lines(
        &mut self,
        indent: &mut usize,
        breaks: &mut String,
        start: Mark,
    ) -> Result<(), SyntaxError> {
        let mut deepest = 0;
        loop {
            self.reader.need(1)?;
            let inside = |column: usize| *indent == 0 || column < *indent;
            while inside(self.reader.mark().column) && self.reader.byte(0) == b' ' {
                self.reader.skip();
                self.reader.need(1)?;
            }
            let column = self.reader.mark().column;
            deepest = deepest.max(column);
            if inside(column) && self.reader.byte(0) == b'\t' {
                let problem = "found a tab character where an indentation space is expected";
                return Err(self.fail(problem, start));
            }
            if !self.reader.is_break(0) {
                break;
            }
            self.reader.need(2)?;
            self.reader.read_break(breaks);
        }
        if *indent == 0 {
            *indent = deepest.max(self.inner).max(1);
        }
        Ok(())
    }
}

//! The scanner: characters to tokens (`go.yaml.in/yaml/v2` `scannerc.go`).

mod block;
mod directives;
mod flow;
mod indicators;
mod keys;
mod tags;

use std::collections::VecDeque;

use keys::SimpleKey;

use super::error::SyntaxError;
use super::reader::{Mark, Reader};

/// What a text is made of.
#[derive(Debug)]
pub(super) enum Token {
    StreamEnd,
    Version { major: u8, minor: u8 },
    TagDirective { handle: String, prefix: String },
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(String),
    Anchor(String),
    Tag { handle: String, suffix: String },
    Scalar { text: String, plain: bool },
}

/// Makes tokens, some of which come before what was read already: that a key began is known at its
/// colon only.
pub(super) struct Scanner<'i> {
    reader: Reader<'i>,
    /// Tokens that wait, each with its line.
    tokens: VecDeque<(Token, usize)>,
    /// How many tokens were taken.
    taken: usize,
    /// Whether the first waiting token is known to be the next one.
    ready: bool,
    flow_level: usize,
    /// The first column inside of the innermost block collection; 0 outside of any.
    inner: usize,
    /// `inner` of the block collections around.
    outer: Vec<usize>,
    /// The key that may have begun, on each level of flow collections.
    keys: Vec<SimpleKey>,
    /// The levels of keys by their tokens' numbers, which go up.
    key_levels: VecDeque<(usize, usize)>,
    /// Whether a key without `?` may begin here.
    key_allowed: bool,
}

impl<'i> Scanner<'i> {
    pub(super) fn new(input: &'i [u8]) -> Self {
        Scanner {
            reader: Reader::new(input),
            tokens: VecDeque::new(),
            taken: 0,
            ready: false,
            flow_level: 0,
            inner: 0,
            outer: Vec::new(),
            keys: vec![SimpleKey::default()],
            key_levels: VecDeque::new(),
            key_allowed: true,
        }
    }

    /// The next token and its line.
    pub(super) fn peek(&mut self) -> Result<(&mut Token, usize), SyntaxError> {
        while !self.ready {
            if self.tokens.is_empty() || self.first_may_be_key()? {
                self.fetch()?;
            } else {
                self.ready = true;
            }
        }
        let (token, line) = self.tokens.front_mut().expect("the loop waits for a token");
        Ok((token, *line))
    }

    /// Takes the token that was looked at.
    pub(super) fn pop(&mut self) {
        self.ready = false;
        self.taken += 1;
        self.tokens.pop_front();
    }

    /// Reads on to the next token, and adds it with the ends of the blocks that end before it.
    fn fetch(&mut self) -> Result<(), SyntaxError> {
        self.skip_to_token()?;
        let column = self.reader.mark().column;
        self.close_blocks(column + 1);
        self.reader.need(4)?;
        let flow = self.flow_level > 0;
        let space_follows = self.reader.is_space(1);
        match self.reader.byte(0) {
            0 => self.stream_end(),
            b'%' if column == 0 => self.directive(),
            b'-' if self.reader.is_document_marker() => self.document_marker(Token::DocumentStart),
            b'.' if self.reader.is_document_marker() => self.document_marker(Token::DocumentEnd),
            b'[' => self.flow_start(Token::FlowSequenceStart),
            b'{' => self.flow_start(Token::FlowMappingStart),
            b']' => self.flow_end(Token::FlowSequenceEnd),
            b'}' => self.flow_end(Token::FlowMappingEnd),
            b',' => self.flow_entry(),
            b'-' if space_follows => self.block_entry(),
            b'?' if flow || space_follows => self.key(),
            b':' if flow || space_follows => self.value(),
            b'*' => self.anchor(true),
            b'&' => self.anchor(false),
            b'!' => self.tag(),
            b'|' if !flow => self.block_scalar(true),
            b'>' if !flow => self.block_scalar(false),
            b'\'' => self.quoted_scalar(true),
            b'"' => self.quoted_scalar(false),
            b'-' => self.plain_scalar(),
            b'?' | b':' if !flow => self.plain_scalar(),
            b'?' | b':' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => Err(self.no_token()),
            _ if self.reader.is_space(0) => Err(self.no_token()),
            _ => self.plain_scalar(),
        }
    }

    fn no_token(&self) -> SyntaxError {
        self.fail("found character that cannot start any token", self.reader.mark())
    }

    fn fail(&self, problem: &'static str, context: Mark) -> SyntaxError {
        SyntaxError::scanner(problem, self.reader.mark(), context)
    }

    fn push(&mut self, token: Token, mark: Mark) {
        self.tokens.push_back((token, mark.line));
    }

    /// Adds a token before the one of a number; at the end if that one was taken already.
    fn insert(&mut self, number: usize, token: Token, mark: Mark) {
        let end = self.tokens.len();
        let at = number.checked_sub(self.taken).map_or(end, |at| at.min(end));
        self.tokens.insert(at, (token, mark.line));
    }

    /// The number of the token that is added next.
    fn next_number(&self) -> usize {
        self.taken + self.tokens.len()
    }

    /// Goes past spaces, comments and line breaks. A tab may not stand where an indentation could.
    fn skip_to_token(&mut self) -> Result<(), SyntaxError> {
        loop {
            self.reader.need(1)?;
            self.reader.skip_byte_order_mark();
            self.reader.need(1)?;
            let tabs = self.flow_level > 0 || !self.key_allowed;
            while self.reader.byte(0) == b' ' || (tabs && self.reader.byte(0) == b'\t') {
                self.reader.skip();
                self.reader.need(1)?;
            }
            self.reader.skip_comment()?;
            if !self.reader.is_break(0) {
                return Ok(());
            }
            self.reader.need(2)?;
            self.reader.skip_break();
            if self.flow_level == 0 {
                self.key_allowed = true;
            }
        }
    }
}

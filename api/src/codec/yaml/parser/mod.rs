//! The parser: tokens to the events of the first document (`go.yaml.in/yaml/v2` `parserc.go`).

mod block;
mod document;
mod flow;

use super::error::SyntaxError;
use super::scanner::{Scanner, Token};

/// A part of a document, and the line that it begins on.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) line: usize,
    pub(super) kind: EventKind,
}

#[derive(Debug)]
pub(super) enum EventKind {
    Alias(String),
    Scalar {
        anchor: Option<String>,
        tag: Option<String>,
        text: String,
        /// Whether the text tells what it stands for.
        plain: bool,
    },
    SequenceStart {
        anchor: Option<String>,
    },
    MappingStart {
        anchor: Option<String>,
    },
    /// The end of either.
    End,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequence,
    /// A sequence on its key's column, which no token opens or closes.
    IndentlessSequence,
    BlockKey,
    BlockValue,
    FlowSequence(Entry),
    PairKey,
    PairValue,
    PairEnd,
    FlowKey(Entry),
    FlowValue,
    /// The value of a key that has none.
    FlowNoValue,
}

/// Whether a flow collection's entry is its first, which no comma stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    First,
    Next,
}

/// Makes events, with a stack of its own.
pub(super) struct Parser<'i> {
    scanner: Scanner<'i>,
    state: State,
    states: Vec<State>,
    /// The lines that the open collections begin on.
    lines: Vec<usize>,
    /// The prefixes that tags' handles stand for.
    tags: Vec<(String, String)>,
}

impl<'i> Parser<'i> {
    pub(super) fn new(input: &'i [u8]) -> Self {
        Parser {
            scanner: Scanner::new(input),
            state: State::DocumentStart,
            states: Vec::new(),
            lines: Vec::new(),
            tags: Vec::new(),
        }
    }

    /// The next event; nothing once the document is over, or if there is none.
    pub(super) fn next(&mut self) -> Result<Option<Event>, SyntaxError> {
        if self.state == State::DocumentStart && !self.document_start()? {
            return Ok(None);
        }
        match self.state {
            State::DocumentStart | State::DocumentEnd => self.scanner.peek().map(|_| None),
            State::DocumentContent => self.document_content().map(Some),
            State::BlockNode => self.node(true, false).map(Some),
            State::BlockSequence => self.block_sequence().map(Some),
            State::IndentlessSequence => self.indentless_sequence().map(Some),
            State::BlockKey => self.block_key().map(Some),
            State::BlockValue => self.block_value().map(Some),
            State::FlowSequence(entry) => self.flow_sequence(entry).map(Some),
            State::PairKey => self.pair_key().map(Some),
            State::PairValue => self.pair_value().map(Some),
            State::PairEnd => self.pair_end().map(Some),
            State::FlowKey(entry) => self.flow_key(entry).map(Some),
            State::FlowValue => self.flow_value().map(Some),
            State::FlowNoValue => {
                let (_, line) = self.scanner.peek()?;
                Ok(Some(self.empty(State::FlowKey(Entry::Next), line)))
            }
        }
    }

    /// An empty scalar where a node is left out.
    fn empty(&mut self, next: State, line: usize) -> Event {
        self.state = next;
        let (anchor, tag, text) = (None, None, String::new());
        Event { line, kind: EventKind::Scalar { anchor, tag, text, plain: true } }
    }

    /// Goes back to what is around.
    fn leave(&mut self) {
        self.state = self.states.pop().unwrap_or(State::DocumentEnd);
    }

    /// A node, after which something else comes.
    fn node_before(
        &mut self,
        next: State,
        block: bool,
        indentless: bool,
    ) -> Result<Event, SyntaxError> {
        self.states.push(next);
        self.node(block, indentless)
    }

    /// A node; in a block one that may be a block, on a key's column one that may be a sequence.
    fn node(&mut self, block: bool, indentless: bool) -> Result<Event, SyntaxError> {
        let (token, line) = self.scanner.peek()?;
        if let Token::Alias(name) = token {
            let kind = EventKind::Alias(std::mem::take(name));
            self.scanner.pop();
            self.leave();
            return Ok(Event { line, kind });
        }
        let (anchor, tag) = self.properties(line)?;
        let (token, token_line) = self.scanner.peek()?;
        let (state, kind) = match token {
            Token::BlockEntry if indentless => {
                self.state = State::IndentlessSequence;
                return Ok(Event { line, kind: EventKind::SequenceStart { anchor } });
            }
            Token::Scalar { text, plain } => {
                let plain = tag.as_deref().map_or(*plain, |tag| tag == "!");
                let text = std::mem::take(text);
                self.scanner.pop();
                self.leave();
                return Ok(Event { line, kind: EventKind::Scalar { anchor, tag, text, plain } });
            }
            Token::FlowSequenceStart => {
                (State::FlowSequence(Entry::First), EventKind::SequenceStart { anchor })
            }
            Token::FlowMappingStart => {
                (State::FlowKey(Entry::First), EventKind::MappingStart { anchor })
            }
            Token::BlockSequenceStart if block => {
                (State::BlockSequence, EventKind::SequenceStart { anchor })
            }
            Token::BlockMappingStart if block => {
                (State::BlockKey, EventKind::MappingStart { anchor })
            }
            _ if anchor.is_some() || tag.is_some() => {
                self.leave();
                let (text, plain) = (String::new(), tag.is_none());
                return Ok(Event { line, kind: EventKind::Scalar { anchor, tag, text, plain } });
            }
            _ => {
                let problem = "did not find expected node content";
                return Err(SyntaxError::parser(problem, token_line, line));
            }
        };
        self.state = state;
        self.lines.push(token_line);
        self.scanner.pop();
        Ok(Event { line, kind })
    }

    /// The anchor and the tag before a node, either way round.
    fn properties(&mut self, line: usize) -> Result<(Option<String>, Option<String>), SyntaxError> {
        let (mut anchor, mut tag) = (None, None);
        loop {
            match self.scanner.peek()? {
                (Token::Anchor(name), _) if anchor.is_none() => anchor = Some(std::mem::take(name)),
                (Token::Tag { handle, suffix }, tag_line) if tag.is_none() => {
                    tag = Some((std::mem::take(handle), std::mem::take(suffix), tag_line));
                }
                _ => break,
            }
            self.scanner.pop();
        }
        let Some((handle, suffix, tag_line)) = tag else { return Ok((anchor, None)) };
        if handle.is_empty() {
            return Ok((anchor, Some(suffix)));
        }
        match self.tags.iter().find(|(known, _)| *known == handle) {
            Some((_, prefix)) => Ok((anchor, Some(format!("{prefix}{suffix}")))),
            None => Err(SyntaxError::parser("found undefined tag handle", tag_line, line)),
        }
    }
}

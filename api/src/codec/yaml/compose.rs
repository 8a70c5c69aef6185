//! Events to nodes (`go.yaml.in/yaml/v2` `parser`).

use std::collections::HashMap;

use super::YamlError;
use super::parser::{EventKind, Parser};

/// The nodes of the first document, and which one is its root, if there is a document.
pub(super) fn compose(bytes: &[u8]) -> Result<(Vec<Node>, Option<usize>), YamlError> {
    Composer::default().compose(bytes)
}

pub(super) fn fail(message: impl std::fmt::Display) -> YamlError {
    YamlError(format!("yaml: {message}"))
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    Scalar {
        text: String,
        tag: Option<String>,
        plain: bool,
    },
    Sequence(Vec<usize>),
    /// Keys and values by turns.
    Mapping(Vec<usize>),
    Alias {
        anchor: String,
        target: usize,
    },
}

/// Makes nodes of events.
#[derive(Default)]
struct Composer {
    nodes: Vec<Node>,
    anchors: HashMap<String, usize>,
    open: Vec<usize>,
    root: Option<usize>,
}

impl Composer {
    fn compose(mut self, bytes: &[u8]) -> Result<(Vec<Node>, Option<usize>), YamlError> {
        let mut parser = Parser::new(bytes);
        while let Some(event) = parser.next().map_err(fail)? {
            let line = event.line;
            match event.kind {
                EventKind::Scalar { anchor, tag, text, plain } => {
                    self.add(line, Content::Scalar { text, tag, plain }, anchor);
                }
                EventKind::SequenceStart { anchor } => {
                    self.enter(line, Content::Sequence(Vec::new()), anchor);
                }
                EventKind::MappingStart { anchor } => {
                    self.enter(line, Content::Mapping(Vec::new()), anchor);
                }
                EventKind::End => {
                    self.open.pop();
                }
                EventKind::Alias(anchor) => match self.anchors.get(&anchor) {
                    Some(&target) => self.add(line, Content::Alias { anchor, target }, None),
                    None => return Err(fail(format_args!("unknown anchor '{anchor}' referenced"))),
                },
            }
        }
        Ok((self.nodes, self.root))
    }

    fn add(&mut self, line: usize, content: Content, anchor: Option<String>) {
        let index = self.nodes.len();
        self.nodes.push(Node { line, content });
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, index);
        }
        match self.open.last().map(|&parent| &mut self.nodes[parent].content) {
            Some(Content::Sequence(children) | Content::Mapping(children)) => children.push(index),
            _ => self.root = Some(index),
        }
    }

    fn enter(&mut self, line: usize, content: Content, anchor: Option<String>) {
        let index = self.nodes.len();
        self.add(line, content, anchor);
        self.open.push(index);
    }
}

//! YAML to trees: events to nodes, nodes to values, with upstream's limits on depth and aliases.

use std::collections::{BTreeSet, HashMap, HashSet};

use pintle_machinery::Value;
use pintle_machinery::json::{float_verb, quote};

use super::parser::{EventKind, Parser};
use super::resolve::{Scalar, general, resolve};
use super::{Document, YamlError};
use crate::codec::canonical::Fields;
use crate::codec::{MAX_DEPTH, go, text};

pub(super) fn parse(bytes: &[u8]) -> Result<Document, YamlError> {
    let (nodes, root) = Composer::default().compose(bytes)?;
    let Some(root) = root else {
        return Ok(Document { value: Value::Null, strict_error: None });
    };
    let mut builder = Builder { nodes: &nodes, ..Builder::default() };
    let value = builder.build(root)?;
    let strict_error = (!builder.duplicates.is_empty())
        .then(|| format!("yaml: unmarshal errors:\n  {}", builder.duplicates.join("\n  ")));
    Ok(Document { value, strict_error })
}

fn fail(message: impl std::fmt::Display) -> YamlError {
    YamlError(format!("yaml: {message}"))
}

#[derive(Debug)]
struct Node {
    line: usize,
    content: Content,
}

#[derive(Debug)]
enum Content {
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

/// Makes values of nodes, with a stack of its own.
#[derive(Default)]
struct Builder<'n> {
    nodes: &'n [Node],
    duplicates: Vec<String>,
    /// Aliases that are being expanded.
    expanding: HashSet<usize>,
    operations: u64,
    alias_operations: u64,
}

struct Frame {
    node: usize,
    next: usize,
    /// The alias that led here.
    alias: Option<usize>,
    partial: Partial,
}

enum Partial {
    List(Vec<Value>),
    Map { fields: Fields, seen: BTreeSet<String>, key: Key },
}

enum Key {
    /// The key's JSON form and how Go's `%#v` shows it.
    Name(String, String),
    Merge,
}

impl Builder<'_> {
    fn build(&mut self, root: usize) -> Result<Value, YamlError> {
        let mut stack: Vec<Frame> = Vec::new();
        let mut done = self.begin(root, &mut stack)?;
        loop {
            let Some(frame) = stack.last_mut() else {
                return Ok(done.unwrap_or_default());
            };
            if let Some(value) = done.take() {
                let line = self.last_line(frame);
                self.put(frame, value, line);
            }
            let children = match &self.nodes[frame.node].content {
                Content::Sequence(children) | Content::Mapping(children) => children,
                _ => &Vec::new(),
            };
            let Some(&child) = children.get(frame.next) else {
                if let Some(alias) = frame.alias {
                    self.expanding.remove(&alias);
                }
                done = stack.pop().map(|frame| match frame.partial {
                    Partial::List(items) => Value::Array(items),
                    Partial::Map { fields, .. } => Value::Object(fields),
                });
                continue;
            };
            frame.next += 1;
            let value = match &mut frame.partial {
                Partial::List(_) => child,
                Partial::Map { key, .. } => {
                    let value = children[frame.next];
                    frame.next += 1;
                    *key = self.key(child, value)?;
                    value
                }
            };
            done = self.begin(value, &mut stack)?;
        }
    }

    fn last_line(&self, frame: &Frame) -> usize {
        match &self.nodes[frame.node].content {
            Content::Sequence(children) | Content::Mapping(children) if frame.next > 0 => {
                self.nodes[children[frame.next - 1]].line
            }
            _ => 0,
        }
    }

    /// Begins a node: gives a scalar's value, or opens a frame.
    fn begin(&mut self, index: usize, stack: &mut Vec<Frame>) -> Result<Option<Value>, YamlError> {
        self.count()?;
        let (node, alias) = match &self.nodes[index].content {
            Content::Alias { anchor, target } => {
                if !self.expanding.insert(index) {
                    return Err(fail(format_args!("anchor '{anchor}' value contains itself")));
                }
                self.count()?;
                (*target, Some(index))
            }
            _ => (index, None),
        };
        let partial = match &self.nodes[node].content {
            Content::Sequence(_) => Partial::List(Vec::new()),
            Content::Mapping(_) => {
                Partial::Map { fields: Fields::new(), seen: BTreeSet::new(), key: Key::Merge }
            }
            _ => {
                let scalar = self.scalar(node);
                if let Some(alias) = alias {
                    self.expanding.remove(&alias);
                }
                return scalar?.into_value().map(Some).map_err(YamlError);
            }
        };
        if stack.len() >= MAX_DEPTH {
            return Err(fail(format_args!("exceeded max depth of {MAX_DEPTH}")));
        }
        stack.push(Frame { node, next: 0, alias, partial });
        Ok(None)
    }

    /// Counts a step, and stops where aliases make up too many of them (`allowedAliasRatio`).
    fn count(&mut self) -> Result<(), YamlError> {
        const LOW: f64 = 400_000.0;
        const HIGH: f64 = 4_000_000.0;
        self.operations += 1;
        if !self.expanding.is_empty() {
            self.alias_operations += 1;
        }
        let operations = self.operations as f64;
        let allowed = 0.99 - 0.89 * ((operations - LOW) / (HIGH - LOW)).clamp(0.0, 1.0);
        if self.alias_operations > 100
            && self.operations > 1000
            && self.alias_operations as f64 / operations > allowed
        {
            return Err(fail("document contains excessive aliasing"));
        }
        Ok(())
    }

    fn scalar(&self, node: usize) -> Result<Scalar, YamlError> {
        let Content::Scalar { text, tag, plain } = &self.nodes[node].content else {
            return Ok(Scalar::Null);
        };
        let Some(tag) = tag.as_deref().filter(|tag| !tag.is_empty()) else {
            return Ok(if *plain { resolve(text) } else { Scalar::String(text.clone()) });
        };
        let string = Scalar::String(text.clone());
        let short = match tag.strip_prefix("tag:yaml.org,2002:") {
            Some("binary") => {
                let bytes = go::base64(text.as_bytes())
                    .map_err(|_| fail("!!binary value contains invalid base64 data"))?;
                return Ok(Scalar::String(text::to_text(&bytes)));
            }
            Some(name @ ("bool" | "int" | "float" | "null" | "timestamp")) => format!("!!{name}"),
            _ => return Ok(string),
        };
        let resolved = resolve(text);
        match (&resolved, short.as_str()) {
            (Scalar::Int(value), "!!float") => return Ok(Scalar::Float(*value as f64)),
            (resolved, short) if resolved.tag() == short => {}
            (resolved, short) => {
                let tag = resolved.tag();
                return Err(fail(format_args!("cannot decode {tag} `{text}` as a {short}")));
            }
        }
        Ok(resolved)
    }

    fn key(&mut self, node: usize, value: usize) -> Result<Key, YamlError> {
        if self.is_merge(node) {
            if !self.is_mergeable(value) {
                return Err(fail("map merge requires map or sequence of maps as the value"));
            }
            return Ok(Key::Merge);
        }
        self.count()?;
        let target = match &self.nodes[node].content {
            Content::Alias { target, .. } => *target,
            _ => node,
        };
        if !matches!(self.nodes[target].content, Content::Scalar { .. }) {
            let key = Builder { nodes: self.nodes, ..Builder::default() }.build(target)?;
            return Err(fail(format_args!("invalid map key: {}", go_syntax(&key))));
        }
        let (json, shown) = match self.scalar(target)? {
            Scalar::String(text) | Scalar::Timestamp(text) => {
                let shown = quote(&text);
                (text, shown)
            }
            Scalar::Int(value) => (value.to_string(), value.to_string()),
            Scalar::Bool(value) => (value.to_string(), value.to_string()),
            Scalar::Float(value) => (short_float(value), float_verb(value)),
            other => {
                let (ty, shown) = match other {
                    Scalar::Uint(value) => ("uint64", format!("{value:#x}")),
                    _ => ("%!s(<nil>)", "<nil>".to_owned()),
                };
                let value = Builder { nodes: self.nodes, ..Builder::default() }.build(value)?;
                let value = if value.is_null() { "<nil>".to_owned() } else { go_syntax(&value) };
                return Err(YamlError(format!(
                    "unsupported map key of type: {ty}, key: {shown}, value: {value}"
                )));
            }
        };
        Ok(Key::Name(json, shown))
    }

    fn is_merge(&self, node: usize) -> bool {
        match &self.nodes[node].content {
            Content::Scalar { text, tag, plain } => {
                text == "<<" && (*plain || tag.as_deref() == Some("tag:yaml.org,2002:merge"))
            }
            _ => false,
        }
    }

    fn is_mergeable(&self, node: usize) -> bool {
        let is_map = |node: usize| match &self.nodes[node].content {
            Content::Mapping(_) => true,
            Content::Alias { target, .. } => {
                matches!(self.nodes[*target].content, Content::Mapping(_))
            }
            _ => false,
        };
        match &self.nodes[node].content {
            Content::Sequence(items) => items.iter().all(|&item| is_map(item)),
            _ => is_map(node),
        }
    }

    fn put(&mut self, frame: &mut Frame, value: Value, line: usize) {
        let Partial::Map { fields, seen, key } = &mut frame.partial else {
            if let Partial::List(items) = &mut frame.partial {
                items.push(value);
            }
            return;
        };
        let mut set = |name: String, shown: String, value: Value| {
            if seen.contains(&shown) {
                let line = line + 1;
                self.duplicates.push(format!("line {line}: key {shown} already set in map"));
            }
            seen.insert(shown);
            fields.insert(name, value);
        };
        match (std::mem::replace(key, Key::Merge), value) {
            (Key::Name(name, shown), value) => set(name, shown, value),
            (Key::Merge, Value::Array(maps)) => {
                for map in maps.into_iter().rev() {
                    if let Value::Object(map) = map {
                        map.into_iter()
                            .for_each(|(name, value)| set(name.clone(), quote(&name), value));
                    }
                }
            }
            (Key::Merge, Value::Object(map)) => {
                map.into_iter().for_each(|(name, value)| set(name.clone(), quote(&name), value));
            }
            (Key::Merge, _) => {}
        }
    }
}

/// A float as a key, in single precision as upstream has it.
fn short_float(value: f64) -> String {
    match value as f32 {
        value if value.is_nan() => ".nan".to_owned(),
        value if value.is_infinite() && value > 0.0 => ".inf".to_owned(),
        value if value.is_infinite() => "-.inf".to_owned(),
        value => general(&format!("{value:e}")),
    }
}

/// A value as Go's `%#v` shows it.
fn go_syntax(value: &Value) -> String {
    match value {
        Value::Null => "interface {}(nil)".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quote(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(go_syntax).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(key, value)| format!("{}:{}", quote(key), go_syntax(value)))
                .collect();
            format!("map[interface {{}}]interface {{}}{{{}}}", fields.join(", "))
        }
    }
}

//! Nodes to values (`go.yaml.in/yaml/v2` `decoder`), with upstream's limit on aliases.

use std::collections::{BTreeSet, HashSet};
use std::mem::take;

use pintle_machinery::Value;

use super::compose::{Content, Node, fail};
use super::key::Name;
use super::resolve::{Scalar, resolve};
use super::shown;
use super::{Document, YamlError};
use crate::codec::canonical::Fields;
use crate::codec::{MAX_DEPTH, go, release, text};

/// Makes the value of a document's root.
pub(super) fn build(nodes: &[Node], root: usize) -> Result<Document, YamlError> {
    let mut builder = Builder { nodes, ..Builder::default() };
    let value = builder.build(root);
    let value = match value {
        Ok(value) => value,
        Err(error) => {
            builder.stack.drain(..).for_each(|frame| release(frame.partial.into_value()));
            return Err(error);
        }
    };
    let no_float = builder.no_floats.then(|| shown::no_json_float(&value)).flatten();
    if let Some(error) = builder.no_json_key.or(no_float) {
        release(value);
        return Err(error);
    }
    let strict_error = (!builder.duplicates.is_empty())
        .then(|| format!("yaml: unmarshal errors:\n  {}", builder.duplicates.join("\n  ")));
    Ok(Document { value, strict_error })
}

/// Makes values of nodes, with a stack of its own.
#[derive(Default)]
struct Builder<'n> {
    nodes: &'n [Node],
    stack: Vec<Frame>,
    /// What strict reading says of keys that stand twice.
    duplicates: Vec<String>,
    /// The first key that JSON has nothing for; other errors are told before.
    no_json_key: Option<YamlError>,
    /// Whether there are floats that JSON has nothing for.
    no_floats: bool,
    /// Aliases that are being expanded.
    expanding: HashSet<usize>,
    operations: u64,
    alias_operations: u64,
}

/// A collection that is being built.
struct Frame {
    node: usize,
    next: usize,
    /// The alias that led here.
    alias: Option<usize>,
    role: Role,
    /// Whether it cannot become JSON, so that only Go's syntax matters.
    only_shown: bool,
    partial: Partial,
}

impl Frame {
    /// Whether the next value cannot become JSON.
    fn shows_next(&self) -> bool {
        let name = match &self.partial {
            Partial::Map(map) => map.name.as_ref(),
            Partial::List(_) => None,
        };
        self.only_shown || name.is_some_and(Name::has_no_json)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Key,
    Value,
    /// Adds to the mapping around.
    Merge,
}

enum Partial {
    List(Vec<Value>),
    Map(Map),
}

#[derive(Default)]
struct Map {
    fields: Fields,
    /// The keys so far, as Go shows them.
    seen: BTreeSet<String>,
    /// The key whose value comes next.
    name: Option<Name>,
    /// Mappings that are still to be merged, the first one last.
    merges: Vec<usize>,
}

impl Partial {
    fn into_value(self) -> Value {
        match self {
            Partial::List(items) => Value::Array(items),
            Partial::Map(map) => Value::Object(map.fields),
        }
    }
}

/// What a node stands for.
enum Built {
    Scalar(Scalar),
    Tree(Value),
}

impl Builder<'_> {
    fn build(&mut self, root: usize) -> Result<Value, YamlError> {
        // The document counts as well.
        self.count()?;
        let mut built = self.begin(root, Role::Value)?.map(Built::Scalar);
        loop {
            if let Some(built) = built.take() {
                let Some(mut frame) = self.stack.pop() else { return Ok(self.value(built)) };
                let line = self.last_line(&frame);
                self.put(&mut frame, built, line);
                self.stack.push(frame);
            }
            built = self.step()?;
            assert!(built.is_some() || !self.stack.is_empty(), "the root is a value");
        }
    }

    /// Begins the innermost collection's next node, or ends the collection.
    fn step(&mut self) -> Result<Option<Built>, YamlError> {
        let nodes = self.nodes;
        let Some(frame) = self.stack.last_mut() else { return Ok(None) };
        let (Content::Sequence(children) | Content::Mapping(children)) = &nodes[frame.node].content
        else {
            return Ok(None);
        };
        let merge = match &mut frame.partial {
            Partial::Map(map) => map.merges.pop(),
            Partial::List(_) => None,
        };
        if let Some(merge) = merge {
            return self.merge(merge);
        }
        let Some(&child) = children.get(frame.next) else { return self.end() };
        frame.next += 1;
        let role = match &mut frame.partial {
            Partial::Map(map) if map.name.is_none() => Role::Key,
            _ => Role::Value,
        };
        if role == Role::Key && self.is_merge(child) {
            return self.merges(children);
        }
        Ok(self.begin(child, role)?.map(Built::Scalar))
    }

    /// Begins a node: gives a scalar, or opens a frame.
    fn begin(&mut self, index: usize, role: Role) -> Result<Option<Scalar>, YamlError> {
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
            Content::Mapping(_) => Partial::Map(match self.stack.last_mut() {
                Some(Frame { partial: Partial::Map(map), .. }) if role == Role::Merge => {
                    let (fields, seen) = (&mut map.fields, &mut map.seen);
                    Map { fields: take(fields), seen: take(seen), ..Map::default() }
                }
                _ => Map::default(),
            }),
            _ => {
                let scalar = self.scalar(node);
                if let Some(alias) = alias {
                    self.expanding.remove(&alias);
                }
                return scalar.map(Some);
            }
        };
        let only_shown = role == Role::Key || self.stack.last().is_some_and(Frame::shows_next);
        self.stack.push(Frame { node, next: 0, alias, role, only_shown, partial });
        if self.stack.len() > MAX_DEPTH {
            // Upstream finds it when it reads the JSON.
            return Err(YamlError("exceeded max depth".to_owned()));
        }
        Ok(None)
    }

    /// Ends the innermost collection.
    fn end(&mut self) -> Result<Option<Built>, YamlError> {
        let Some(frame) = self.stack.pop() else { return Ok(None) };
        if let Some(alias) = frame.alias {
            self.expanding.remove(&alias);
        }
        match (frame.role, frame.partial, self.stack.last_mut()) {
            (Role::Merge, Partial::Map(merged), Some(Frame { partial: Partial::Map(map), .. })) => {
                map.fields = merged.fields;
                map.seen = merged.seen;
                Ok(None)
            }
            (Role::Key, partial, _) => {
                let value = partial.into_value();
                let error = fail(format_args!("invalid map key: {}", shown::go_syntax(&value)));
                release(value);
                Err(error)
            }
            (_, partial, _) => Ok(Some(Built::Tree(partial.into_value()))),
        }
    }

    /// The line of the node that a frame began last.
    fn last_line(&self, frame: &Frame) -> usize {
        match &self.nodes[frame.node].content {
            Content::Sequence(children) | Content::Mapping(children) => {
                let last = frame.next.checked_sub(1).and_then(|last| children.get(last));
                last.map_or(0, |&last| self.nodes[last].line)
            }
            _ => 0,
        }
    }

    fn put(&mut self, frame: &mut Frame, built: Built, line: usize) {
        let map = match &mut frame.partial {
            Partial::List(items) => return items.push(self.value(built)),
            Partial::Map(map) => map,
        };
        let Some(name) = map.name.take() else {
            if let Built::Scalar(scalar) = built {
                map.name = Some(Name::of(scalar, frame.only_shown, self.no_json_key.is_some()));
            }
            return;
        };
        let value = self.value(built);
        if let Some(error) = name.unsupported(&value) {
            self.no_json_key = Some(error);
        }
        if map.seen.contains(&name.shown) {
            let shown = &name.shown;
            self.duplicates.push(format!("line {}: key {shown} already set in map", line + 1));
        }
        map.seen.insert(name.shown);
        if let Some(before) = map.fields.insert(name.json, value) {
            release(before);
        }
    }

    fn value(&mut self, built: Built) -> Value {
        match built {
            Built::Tree(value) => value,
            Built::Scalar(scalar) => scalar.into_value().unwrap_or_else(|float| {
                self.no_floats = true;
                shown::float_mark(float)
            }),
        }
    }

    fn is_merge(&self, node: usize) -> bool {
        match &self.nodes[node].content {
            Content::Scalar { text, tag, plain } => {
                text == "<<" && (*plain || tag.as_deref() == Some("tag:yaml.org,2002:merge"))
            }
            _ => false,
        }
    }

    /// Begins to merge the value behind a `<<`.
    fn merges(&mut self, children: &[usize]) -> Result<Option<Built>, YamlError> {
        let Some(frame) = self.stack.last_mut() else { return Ok(None) };
        let Some(&value) = children.get(frame.next) else { return Ok(None) };
        frame.next += 1;
        match (&self.nodes[value].content, &mut frame.partial) {
            (Content::Sequence(items), Partial::Map(map)) => {
                map.merges.clone_from(items);
                Ok(None)
            }
            _ => self.merge(value),
        }
    }

    fn merge(&mut self, node: usize) -> Result<Option<Built>, YamlError> {
        let target = match &self.nodes[node].content {
            Content::Alias { target, .. } => *target,
            _ => node,
        };
        if !matches!(self.nodes[target].content, Content::Mapping(_)) {
            return Err(fail("map merge requires map or sequence of maps as the value"));
        }
        Ok(self.begin(node, Role::Merge)?.map(Built::Scalar))
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
        let resolved = match resolve(text) {
            // Only who asks for a moment gets one.
            Scalar::Timestamp(_) if short != "!!timestamp" => string,
            resolved => resolved,
        };
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
}

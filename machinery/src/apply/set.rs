//! Sets of fields, as sorted trees, and their `FieldsV1` form.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Map as JsonMap;

use super::path::{ParseError, Path, PathElement, display};
use super::schema::{Schema, TypeId};
use crate::Value;

/// A set of paths (structured-merge-diff `fieldpath.Set`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    nodes: Vec<Node>,
}

/// One element at some level: a member, the parent of members, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Node {
    element: PathElement,
    member: bool,
    children: Set,
}

impl Node {
    fn is_empty(&self) -> bool {
        !self.member && self.children.is_empty()
    }
}

/// How two sorted levels meet.
enum Pair<'a> {
    Left(&'a Node),
    Right(&'a Node),
    Both(&'a Node, &'a Node),
}

impl Set {
    /// The empty set.
    pub const fn new() -> Self {
        Self { nodes: Vec::new() }
    }

    /// A set of paths of field names.
    pub fn of_fields(paths: &[&[&str]]) -> Self {
        let mut set = Self::new();
        for path in paths {
            let path: Path = path.iter().map(|name| PathElement::field(*name)).collect();
            set.insert(&path);
        }
        set
    }

    /// No member at all.
    pub fn is_empty(&self) -> bool {
        self.nodes.iter().all(Node::is_empty)
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.nodes.iter().map(|node| usize::from(node.member) + node.children.len()).sum()
    }

    /// Adds a path; the empty path (the whole object) is nobody's.
    pub fn insert(&mut self, path: &[PathElement]) {
        let Some((first, rest)) = path.split_first() else { return };
        let node = self.node(first);
        if rest.is_empty() {
            node.member = true;
        } else {
            node.children.insert(rest);
        }
    }

    /// Adds an element at the top level together with what lies below it.
    pub fn insert_tree(&mut self, element: PathElement, member: bool, children: Set) {
        if !member && children.is_empty() {
            return;
        }
        let append = self.nodes.last().is_none_or(|last| last.element < element);
        if append {
            self.nodes.push(Node { element, member, children });
            return;
        }
        let node = self.node(&element);
        node.member |= member;
        node.children =
            if node.children.is_empty() { children } else { node.children.union(&children) };
    }

    fn node(&mut self, element: &PathElement) -> &mut Node {
        let at = match self.nodes.binary_search_by(|node| node.element.cmp(element)) {
            Ok(at) => at,
            Err(at) => {
                let node = Node { element: element.clone(), member: false, children: Set::new() };
                self.nodes.insert(at, node);
                at
            }
        };
        &mut self.nodes[at]
    }

    fn get(&self, element: &PathElement) -> Option<&Node> {
        let at = self.nodes.binary_search_by(|node| node.element.cmp(element)).ok()?;
        Some(&self.nodes[at])
    }

    /// Whether the path is a member.
    pub fn has(&self, path: &[PathElement]) -> bool {
        match path.split_first() {
            None => false,
            Some((first, [])) => self.has_element(first),
            Some((first, rest)) => self.get(first).is_some_and(|node| node.children.has(rest)),
        }
    }

    /// Whether the element is a member at the top level.
    pub fn has_element(&self, element: &PathElement) -> bool {
        self.get(element).is_some_and(|node| node.member)
    }

    /// What lies below an element, if anything does.
    pub fn below(&self, element: &PathElement) -> Option<&Set> {
        self.get(element).map(|node| &node.children).filter(|children| !children.is_empty())
    }

    /// The elements of the top level: element, whether it is a member, what lies below it.
    pub fn elements(&self) -> impl Iterator<Item = (&PathElement, bool, &Set)> {
        self.nodes.iter().map(|node| (&node.element, node.member, &node.children))
    }

    /// Calls `f` for each member, the members of a level before what lies below them.
    pub fn for_each(&self, mut f: impl FnMut(&[PathElement])) {
        self.walk(&mut Vec::new(), &mut f);
    }

    fn walk(&self, path: &mut Path, f: &mut impl FnMut(&[PathElement])) {
        for node in self.nodes.iter().filter(|node| node.member) {
            path.push(node.element.clone());
            f(path);
            path.pop();
        }
        for node in self.nodes.iter().filter(|node| !node.children.is_empty()) {
            path.push(node.element.clone());
            node.children.walk(path, f);
            path.pop();
        }
    }

    fn zip<'a>(&'a self, other: &'a Set, mut f: impl FnMut(Pair<'a>)) {
        let (mut left, mut right) = (self.nodes.iter().peekable(), other.nodes.iter().peekable());
        loop {
            let order = match (left.peek(), right.peek()) {
                (None, None) => return,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => a.element.cmp(&b.element),
            };
            match order {
                Ordering::Less => left.next().into_iter().for_each(|a| f(Pair::Left(a))),
                Ordering::Greater => right.next().into_iter().for_each(|b| f(Pair::Right(b))),
                Ordering::Equal => {
                    if let (Some(a), Some(b)) = (left.next(), right.next()) {
                        f(Pair::Both(a, b));
                    }
                }
            }
        }
    }

    fn push(&mut self, element: &PathElement, member: bool, children: Set) {
        if member || !children.is_empty() {
            self.nodes.push(Node { element: element.clone(), member, children });
        }
    }

    /// Members of either.
    #[must_use]
    pub fn union(&self, other: &Set) -> Set {
        let mut out = Set { nodes: Vec::with_capacity(self.nodes.len().max(other.nodes.len())) };
        self.zip(other, |pair| match pair {
            Pair::Left(node) | Pair::Right(node) => out.nodes.push(node.clone()),
            Pair::Both(a, b) => {
                out.push(&a.element, a.member || b.member, a.children.union(&b.children));
            }
        });
        out
    }

    /// Members of both.
    #[must_use]
    pub fn intersection(&self, other: &Set) -> Set {
        let mut out = Set::new();
        self.zip(other, |pair| {
            if let Pair::Both(a, b) = pair {
                out.push(&a.element, a.member && b.member, a.children.intersection(&b.children));
            }
        });
        out
    }

    /// Members of this one that are not members of the other.
    #[must_use]
    pub fn difference(&self, other: &Set) -> Set {
        let mut out = self.clone();
        out.remove(other);
        out
    }

    /// Takes out what is a member of the other.
    pub fn remove(&mut self, other: &Set) {
        self.nodes.retain_mut(|node| {
            let Some(doomed) = other.get(&node.element) else { return true };
            node.member &= !doomed.member;
            node.children.remove(&doomed.children);
            node.member || !node.children.is_empty()
        });
    }

    /// Takes out what is a member of the other or lies below one.
    pub fn remove_below(&mut self, other: &Set) {
        self.nodes.retain_mut(|node| {
            let Some(doomed) = other.get(&node.element) else { return true };
            node.children.remove_below(&doomed.children);
            !doomed.member && (node.member || !node.children.is_empty())
        });
    }

    /// Members below which there are none.
    #[must_use]
    pub fn leaves(&self) -> Set {
        let mut out = Set::new();
        for node in &self.nodes {
            out.push(
                &node.element,
                node.member && node.children.is_empty(),
                node.children.leaves(),
            );
        }
        out
    }

    /// The set with those members that `keep` lets through, by element and what to do below it.
    pub(super) fn filtered(&self, keep: &mut dyn FnMut(&PathElement, &Set) -> Option<Set>) -> Set {
        let mut out = Set::new();
        for node in &self.nodes {
            if let Some(children) = keep(&node.element, &node.children) {
                out.push(&node.element, node.member, children);
            }
        }
        out
    }

    /// The set with the declared fields above its members made members too
    /// (`Set.EnsureNamedFieldsAreMembers`).
    #[must_use]
    pub fn with_named_fields(&self, schema: &Schema, ty: Option<TypeId>) -> Set {
        let atom = ty.map(|ty| schema.atom(ty));
        let map = atom.and_then(|atom| atom.map.as_ref());
        let list = atom.and_then(|atom| atom.list.as_ref());
        let mut out = Set { nodes: Vec::with_capacity(self.nodes.len()) };
        for node in &self.nodes {
            let mut member = node.member;
            let below = match &node.element {
                PathElement::Field(name) => {
                    member |= !node.children.is_empty()
                        && map.is_some_and(|map| map.fields.contains_key(name.as_str()));
                    map.and_then(|map| map.field_type(name))
                }
                PathElement::Key(_) => list.map(|list| list.element),
                _ => None,
            };
            out.push(&node.element, member, node.children.with_named_fields(schema, below));
        }
        out
    }

    /// The JSON text of the set's `FieldsV1` form.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(64);
        self.write(false, &mut out);
        out
    }

    fn write(&self, include_self: bool, out: &mut String) {
        out.push('{');
        let mut first = true;
        if include_self && !self.nodes.is_empty() {
            out.push_str("\".\":{}");
            first = false;
        }
        for node in &self.nodes {
            if !first {
                out.push(',');
            }
            first = false;
            match &node.element {
                PathElement::Field(name) if name.bytes().all(is_plain) => {
                    out.push_str("\"f:");
                    out.push_str(name);
                    out.push('"');
                }
                element => out.push_str(&Value::from(element.to_key()).to_string()),
            }
            out.push(':');
            node.children.write(node.member, out);
        }
        out.push('}');
    }

    /// The set's `FieldsV1` form as a tree, which has its keys in the order of their text.
    pub fn to_value(&self) -> Value {
        let entries = self.nodes.iter().map(|node| {
            let mut below = node.children.to_value();
            if let Value::Object(fields) = &mut below
                && node.member
                && !fields.is_empty()
            {
                fields.insert(".".into(), Value::Object(JsonMap::new()));
            }
            (node.element.to_key(), below)
        });
        Value::Object(entries.collect())
    }

    /// Reads a `FieldsV1`, as a tree or as the JSON text of one.
    pub fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::String(text) => {
                let tree: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
                Self::from_tree(&tree)
            }
            tree => Self::from_tree(tree),
        }
    }

    fn from_tree(tree: &Value) -> Result<Self, String> {
        Ok(match read(tree)? {
            (Some(set), _) => set,
            (None, _) => Set::new(),
        })
    }
}

fn is_plain(byte: u8) -> bool {
    byte >= 0x20 && byte != b'"' && byte != b'\\'
}

/// Reads one level; an object without children is a member.
fn read(tree: &Value) -> Result<(Option<Set>, bool), String> {
    let fields = match tree {
        Value::Object(fields) => fields,
        Value::Null => return Ok((None, true)),
        _ => return Err("ReadMapCB: expect { or n".into()),
    };
    let mut set: Option<Set> = None;
    let mut member = false;
    for (key, below) in fields {
        if key == "." {
            member = true;
            continue;
        }
        let element = match PathElement::from_key(key) {
            Ok(element) => element,
            Err(ParseError::Unknown) => continue,
            Err(ParseError::Malformed(text)) => {
                return Err(format!("parsing key as path element: {text}"));
            }
        };
        let (children, is_member) = read(below)?;
        if is_member || children.is_some() {
            set.get_or_insert_default().insert_tree(
                element,
                is_member,
                children.unwrap_or_default(),
            );
        }
    }
    member |= set.is_none();
    Ok((set, member))
}

impl fmt::Display for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Vec::new();
        self.for_each(|path| lines.push(display(path)));
        f.write_str(&lines.join("\n"))
    }
}

#[cfg(test)]
mod tests;

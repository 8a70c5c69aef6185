//! Field errors and paths as apimachinery's `util/validation/field` prints them.

use std::borrow::Cow;
use std::fmt;

use crate::Value;
use crate::json::{self, quote};

/// A path to a field, linked to its parent; nothing is printed until an error needs it.
///
/// A name may hold several segments: `path.child("spec.ports")`.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    segment: Segment<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Segment<'a> {
    Name(&'a str),
    Index(usize),
    Key(&'a str),
}

impl<'a> Path<'a> {
    /// The object itself: children of it are printed without a leading dot.
    pub const ROOT: Path<'static> = Path { parent: None, segment: Segment::Name("") };

    /// A path from the object's root, such as `spec` or `spec.template`.
    pub const fn new(name: &'a str) -> Path<'a> {
        Path { parent: None, segment: Segment::Name(name) }
    }

    /// The path of a field of this one.
    pub const fn child<'b>(&'b self, name: &'b str) -> Path<'b>
    where
        'a: 'b,
    {
        Path { parent: Some(self), segment: Segment::Name(name) }
    }

    /// The path of a list's element: `ports[0]`.
    pub const fn index<'b>(&'b self, index: usize) -> Path<'b>
    where
        'a: 'b,
    {
        Path { parent: Some(self), segment: Segment::Index(index) }
    }

    /// The path of a map's value: `annotations[key]`.
    pub const fn key<'b>(&'b self, key: &'b str) -> Path<'b>
    where
        'a: 'b,
    {
        Path { parent: Some(self), segment: Segment::Key(key) }
    }

    fn is_root(&self) -> bool {
        self.parent.is_none() && matches!(self.segment, Segment::Name(""))
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.segment {
            Segment::Name(name) => {
                if self.parent.is_some_and(|parent| !parent.is_root()) {
                    f.write_str(".")?;
                }
                f.write_str(name)
            }
            Segment::Index(index) => write!(f, "[{index}]"),
            Segment::Key(key) => write!(f, "[{key}]"),
        }
    }
}

/// What is wrong with a field (`field.ErrorType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorType {
    /// A thing that the field names does not exist.
    NotFound,
    /// The value is missing.
    Required,
    /// The value must be unique.
    Duplicate,
    /// The value is malformed.
    Invalid,
    /// The value is none of an enumeration.
    NotSupported,
    /// The value is not permitted here.
    Forbidden,
    /// The value is too long.
    TooLong,
    /// The value is too short.
    TooShort,
    /// The list has too many items.
    TooMany,
    /// The list has too few items.
    TooFew,
    /// Not the user's fault.
    Internal,
    /// The value is not of the schema's type.
    TypeInvalid,
}

impl ErrorType {
    /// The wire name, which is the cause's reason: `FieldValueInvalid`.
    pub const fn cause(self) -> &'static str {
        match self {
            ErrorType::NotFound => "FieldValueNotFound",
            ErrorType::Required => "FieldValueRequired",
            ErrorType::Duplicate => "FieldValueDuplicate",
            ErrorType::Invalid => "FieldValueInvalid",
            ErrorType::NotSupported => "FieldValueNotSupported",
            ErrorType::Forbidden => "FieldValueForbidden",
            ErrorType::TooLong => "FieldValueTooLong",
            ErrorType::TooShort => "FieldValueTooShort",
            ErrorType::TooMany => "FieldValueTooMany",
            ErrorType::TooFew => "FieldValueTooFew",
            ErrorType::Internal => "InternalError",
            ErrorType::TypeInvalid => "FieldValueTypeInvalid",
        }
    }

    const fn text(self) -> &'static str {
        match self {
            ErrorType::NotFound => "Not found",
            ErrorType::Required => "Required value",
            ErrorType::Duplicate => "Duplicate value",
            ErrorType::Invalid | ErrorType::TypeInvalid => "Invalid value",
            ErrorType::NotSupported => "Unsupported value",
            ErrorType::Forbidden => "Forbidden",
            ErrorType::TooLong => "Too long",
            ErrorType::TooShort => "Too short",
            ErrorType::TooMany => "Too many",
            ErrorType::TooFew => "Too few",
            ErrorType::Internal => "Internal error",
        }
    }

    const fn shows_value(self) -> bool {
        !matches!(
            self,
            ErrorType::Required
                | ErrorType::Forbidden
                | ErrorType::TooLong
                | ErrorType::TooShort
                | ErrorType::Internal
        )
    }
}

/// The offending value as the error's text shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum BadValue {
    /// Not shown.
    Omitted,
    /// A string is shown quoted by Go's rules, numbers and booleans plain, all else as JSON.
    Value(Value),
    /// Shown as it is: for what only the caller can print, such as a struct in Go's field order.
    Text(String),
}

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadValue::Omitted => Ok(()),
            BadValue::Text(text) => f.write_str(text),
            BadValue::Value(Value::String(text)) => f.write_str(&quote(text)),
            BadValue::Value(Value::Number(number)) => match number.as_f64() {
                Some(float) if number.is_f64() => f.write_str(&json::float_verb(float)),
                _ => write!(f, "{number}"),
            },
            BadValue::Value(value) => f.write_str(&json::to_string(value)),
        }
    }
}

impl From<&Value> for BadValue {
    fn from(value: &Value) -> Self {
        BadValue::Value(value.clone())
    }
}

impl From<Option<&Value>> for BadValue {
    fn from(value: Option<&Value>) -> Self {
        BadValue::Value(value.cloned().unwrap_or(Value::Null))
    }
}

impl From<&String> for BadValue {
    fn from(value: &String) -> Self {
        BadValue::Value(Value::from(value.as_str()))
    }
}

macro_rules! bad_value_from {
    ($($ty:ty),*) => {$(
        impl From<$ty> for BadValue {
            fn from(value: $ty) -> Self {
                BadValue::Value(Value::from(value))
            }
        }
    )*};
}

bad_value_from!(Value, &str, String, Cow<'_, str>, bool, i32, i64, u16, u32, u64, usize, f64);

/// One error about one field (`field.Error`).
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// What is wrong.
    pub kind: ErrorType,
    /// The field's path.
    pub field: String,
    /// The offending value.
    pub value: BadValue,
    /// More about it; may be empty.
    pub detail: String,
}

impl FieldError {
    /// Puts an error together; [`Errors`] has a method for each type.
    pub fn new(
        kind: ErrorType,
        path: impl fmt::Display,
        value: impl Into<BadValue>,
        detail: impl Into<String>,
    ) -> FieldError {
        FieldError { kind, field: path.to_string(), value: value.into(), detail: detail.into() }
    }

    /// The text without the field's name (`Error.ErrorBody`).
    pub fn body(&self) -> String {
        let mut body = self.kind.text().to_owned();
        if self.kind.shows_value() && self.value != BadValue::Omitted {
            body.push_str(": ");
            body.push_str(&self.value.to_string());
        }
        if !self.detail.is_empty() {
            body.push_str(": ");
            body.push_str(&self.detail);
        }
        body
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.body())
    }
}

impl std::error::Error for FieldError {}

/// Collects field errors (`field.ErrorList`). Paths are anything printable: a [`Path`] or a string.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Errors {
    list: Vec<FieldError>,
}

impl Errors {
    /// No errors yet.
    pub const fn new() -> Errors {
        Errors { list: Vec::new() }
    }

    /// True if nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many errors there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The errors in the order of their finding.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.list.iter()
    }

    /// Adds an error.
    pub fn push(&mut self, error: FieldError) {
        self.list.push(error);
    }

    /// Adds the errors of another list.
    pub fn append(&mut self, other: Errors) {
        self.list.extend(other.list);
    }

    /// Keeps the errors that `keep` says true of.
    pub fn retain(&mut self, keep: impl FnMut(&FieldError) -> bool) {
        self.list.retain(keep);
    }

    /// `field.Required`.
    pub fn required(&mut self, path: impl fmt::Display, detail: impl Into<String>) {
        self.push(FieldError::new(ErrorType::Required, path, BadValue::Omitted, detail));
    }

    /// `field.Invalid`.
    pub fn invalid(
        &mut self,
        path: impl fmt::Display,
        value: impl Into<BadValue>,
        detail: impl Into<String>,
    ) {
        self.push(FieldError::new(ErrorType::Invalid, path, value, detail));
    }

    /// `field.Invalid` once for each message, as for those of [`crate::name`].
    pub fn invalid_each<M: Into<String>>(
        &mut self,
        path: impl fmt::Display,
        value: impl Into<BadValue>,
        details: impl IntoIterator<Item = M>,
    ) {
        let mut details = details.into_iter().peekable();
        if details.peek().is_none() {
            // Nothing is wrong with most fields: their values need not be copied.
            return;
        }
        let value = value.into();
        for detail in details {
            self.push(FieldError::new(ErrorType::Invalid, &path, value.clone(), detail));
        }
    }

    /// `field.TypeInvalid`.
    pub fn type_invalid(
        &mut self,
        path: impl fmt::Display,
        value: impl Into<BadValue>,
        detail: impl Into<String>,
    ) {
        self.push(FieldError::new(ErrorType::TypeInvalid, path, value, detail));
    }

    /// `field.NotSupported`: `supported` is printed in the order given.
    pub fn not_supported<S: AsRef<str>>(
        &mut self,
        path: impl fmt::Display,
        value: impl Into<BadValue>,
        supported: &[S],
    ) {
        let mut detail = String::new();
        for (i, value) in supported.iter().enumerate() {
            detail.push_str(if i == 0 { "supported values: " } else { ", " });
            detail.push_str(&quote(value.as_ref()));
        }
        self.push(FieldError::new(ErrorType::NotSupported, path, value, detail));
    }

    /// `field.Forbidden`.
    pub fn forbidden(&mut self, path: impl fmt::Display, detail: impl Into<String>) {
        self.push(FieldError::new(ErrorType::Forbidden, path, BadValue::Omitted, detail));
    }

    /// `field.Duplicate`.
    pub fn duplicate(&mut self, path: impl fmt::Display, value: impl Into<BadValue>) {
        self.push(FieldError::new(ErrorType::Duplicate, path, value, ""));
    }

    /// `field.NotFound`.
    pub fn not_found(&mut self, path: impl fmt::Display, value: impl Into<BadValue>) {
        self.push(FieldError::new(ErrorType::NotFound, path, value, ""));
    }

    /// `field.TooLong`: a limit in bytes.
    pub fn too_long(&mut self, path: impl fmt::Display, max_bytes: usize) {
        let detail = format!("may not be more than {}", count(max_bytes, "byte"));
        self.push(FieldError::new(ErrorType::TooLong, path, BadValue::Omitted, detail));
    }

    /// `field.TooLongCharacters`: a limit in characters.
    pub fn too_long_characters(&mut self, path: impl fmt::Display, max_characters: usize) {
        let detail = format!("may not be more than {}", count(max_characters, "character"));
        self.push(FieldError::new(ErrorType::TooLong, path, BadValue::Omitted, detail));
    }

    /// `field.TooShort`.
    pub fn too_short(&mut self, path: impl fmt::Display, min_characters: usize) {
        let detail = format!("must be at least {}", count(min_characters, "character"));
        self.push(FieldError::new(ErrorType::TooShort, path, BadValue::Omitted, detail));
    }

    /// `field.TooMany`; without `actual` the number is not shown.
    pub fn too_many(&mut self, path: impl fmt::Display, actual: Option<usize>, max: usize) {
        let detail = format!("must have at most {}", count(max, "item"));
        let value = actual.map_or(BadValue::Omitted, BadValue::from);
        self.push(FieldError::new(ErrorType::TooMany, path, value, detail));
    }

    /// `field.InternalError`.
    pub fn internal(&mut self, path: impl fmt::Display, error: impl fmt::Display) {
        let detail = error.to_string();
        self.push(FieldError::new(ErrorType::Internal, path, BadValue::Omitted, detail));
    }

    /// The errors in one line, equal ones once: `a`, or `[a, b]` (`ErrorList.ToAggregate`).
    pub fn aggregate(&self) -> Option<String> {
        aggregate(self.list.iter().map(ToString::to_string))
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a FieldError;
    type IntoIter = std::slice::Iter<'a, FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Errors {
    type Item = FieldError;
    type IntoIter = std::vec::IntoIter<FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl Extend<FieldError> for Errors {
    fn extend<T: IntoIterator<Item = FieldError>>(&mut self, iter: T) {
        self.list.extend(iter);
    }
}

/// Joins messages as apimachinery's `util/errors.Aggregate` prints them; None if there is none.
pub fn aggregate(messages: impl IntoIterator<Item = String>) -> Option<String> {
    let mut seen: Vec<String> = Vec::new();
    for message in messages {
        if !seen.contains(&message) {
            seen.push(message);
        }
    }
    match seen.len() {
        0 => None,
        1 => seen.pop(),
        _ => Some(format!("[{}]", seen.join(", "))),
    }
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(add: impl FnOnce(&mut Errors), want: &str) {
        let mut errors = Errors::new();
        add(&mut errors);
        assert_eq!(errors.aggregate().as_deref(), Some(want));
    }

    #[test]
    fn paths_print_as_upstream() {
        let spec = Path::new("spec");
        let ports = spec.child("ports");
        assert_eq!(ports.index(2).child("name").to_string(), "spec.ports[2].name");
        assert_eq!(
            Path::ROOT.child("metadata.labels").key("a/b").to_string(),
            "metadata.labels[a/b]"
        );
        assert_eq!(Path::new("items").index(0).index(1).to_string(), "items[0][1]");
    }

    #[test]
    fn values_print_by_their_type() {
        check(|e| e.invalid("a", "x\"y", "bad"), r#"a: Invalid value: "x\"y": bad"#);
        check(|e| e.invalid("a", -1, ""), "a: Invalid value: -1");
        check(|e| e.invalid("a", true, "no"), "a: Invalid value: true: no");
        check(|e| e.invalid("a", 1.5, "no"), "a: Invalid value: 1.5: no");
        check(|e| e.invalid("a", Value::Null, "no"), "a: Invalid value: null: no");
        check(
            |e| e.invalid("a", json!({"b": ["<"]}), "no"),
            r#"a: Invalid value: {"b":["\u003c"]}: no"#,
        );
        check(
            |e| e.invalid("a", BadValue::Text("core.X{}".into()), "no"),
            "a: Invalid value: core.X{}: no",
        );
    }

    #[test]
    fn every_type_has_its_text() {
        check(|e| e.required("a", ""), "a: Required value");
        check(|e| e.required("a", "why"), "a: Required value: why");
        check(|e| e.forbidden("a", "why"), "a: Forbidden: why");
        check(|e| e.duplicate("a", "b"), r#"a: Duplicate value: "b""#);
        check(|e| e.not_found("a", "b"), r#"a: Not found: "b""#);
        check(
            |e| e.not_supported("a", "b", &["C", "D"]),
            r#"a: Unsupported value: "b": supported values: "C", "D""#,
        );
        check(|e| e.not_supported("a", "b", &[] as &[&str]), r#"a: Unsupported value: "b""#);
        check(|e| e.too_long("a", 63), "a: Too long: may not be more than 63 bytes");
        check(|e| e.too_long("a", 1), "a: Too long: may not be more than 1 byte");
        check(|e| e.too_long_characters("a", 2), "a: Too long: may not be more than 2 characters");
        check(|e| e.too_short("a", 1), "a: Too short: must be at least 1 character");
        check(|e| e.too_many("a", Some(3), 1), "a: Too many: 3: must have at most 1 item");
        check(|e| e.too_many("a", None, 2), "a: Too many: must have at most 2 items");
        check(|e| e.internal("a", "boom"), "a: Internal error: boom");
        check(|e| e.type_invalid("a", 1, "not a string"), "a: Invalid value: 1: not a string");
    }

    #[test]
    fn an_aggregate_shows_equal_errors_once() {
        check(
            |e| {
                e.required("a", "");
                e.required("a", "");
            },
            "a: Required value",
        );
        check(
            |e| {
                e.required("a", "");
                e.required("b", "");
            },
            "[a: Required value, b: Required value]",
        );
        assert_eq!(Errors::new().aggregate(), None);
    }
}

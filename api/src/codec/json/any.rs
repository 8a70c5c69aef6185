//! JSON without a schema: custom objects, patches, raw extensions.

use pintle_machinery::Value;
use serde_json::Number;

use super::decode::Checked;
use super::error::{DecodeError, Place, Strict, StrictError, StrictKind};
use super::reader::Reader;
use crate::codec::canonical::Fields;
use crate::codec::scan;

/// Parses any JSON: whole numbers that fit become `i64`, all others `f64`; of duplicate keys the
/// last wins (`sigs.k8s.io/json` `UnmarshalCaseSensitivePreserveInts` into `interface{}`).
pub fn parse_any(bytes: &[u8]) -> Result<Value, DecodeError> {
    parse_any_strict(bytes, false).map(|(value, _)| value)
}

/// [`parse_any`] that also reports duplicate fields if `strict`.
pub fn parse_any_strict(
    bytes: &[u8],
    strict: bool,
) -> Result<(Value, Vec<StrictError>), DecodeError> {
    scan::validate(bytes)?;
    let mut parser = Parser { strict: Strict::new(strict), error: None };
    let value = parser.value(&mut Reader::new(bytes));
    match parser.error {
        Some(error) => Err(error),
        None => Ok((value, parser.strict.into_found())),
    }
}

/// Parses the value at the cursor, which is well-formed.
pub(super) fn read_any(reader: &mut Reader<'_>) -> Result<Value, DecodeError> {
    let mut parser = Parser { strict: Strict::new(false), error: None };
    let value = parser.value(reader);
    parser.error.map_or(Ok(value), Err)
}

/// The type that a document says it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interpreted {
    /// `apiVersion`; empty if absent.
    pub api_version: String,
    /// `kind`; empty if absent.
    pub kind: String,
}

/// Reads `apiVersion` and `kind` off a document (`serializer/json` `SimpleMetaFactory.Interpret`).
///
/// Upstream uses Go's own decoder here, which ignores the case of keys.
///
/// What is returned besides can be decoded without being checked again.
pub fn interpret(bytes: &[u8]) -> Result<(Interpreted, Checked<'_>), DecodeError> {
    let checked = scan::validate(bytes).map_err(DecodeError::from);
    let interpreted = checked.and_then(|()| interpret_valid(bytes)).map_err(|error| {
        DecodeError::Value(format!("couldn't get version/kind; json parse error: {error}"))
    })?;
    Ok((interpreted, Checked(bytes)))
}

fn interpret_valid(bytes: &[u8]) -> Result<Interpreted, DecodeError> {
    let mut reader = Reader::new(bytes);
    let mut found = Interpreted::default();
    let mut error = None;
    let first = reader.peek();
    if first != b'{' {
        let value = describe(first);
        if first == b'n' {
            return Ok(found);
        }
        let ty = "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; \
                  Kind string \"json:\\\"kind,omitempty\\\"\" }";
        let place = Place::default();
        return Err(DecodeError::Type { value: value.into(), place, ty: ty.into() });
    }
    reader.bump();
    while reader.more(b'}') {
        let key = reader.key();
        let (name, slot) = match &*key {
            key if key.eq_ignore_ascii_case("apiVersion") => ("apiVersion", &mut found.api_version),
            key if key.to_lowercase() == "kind" || key == "\u{212a}ind" => {
                ("kind", &mut found.kind)
            }
            _ => {
                reader.skip();
                continue;
            }
        };
        match reader.peek() {
            b'"' => *slot = reader.string().into_owned(),
            b'n' => drop(reader.skip()),
            first => {
                reader.skip();
                let place = Place { structure: String::new(), path: vec![name.to_owned()] };
                error.get_or_insert(DecodeError::Type {
                    value: describe(first).to_owned(),
                    place,
                    ty: "string".to_owned(),
                });
            }
        }
    }
    error.map_or(Ok(found), Err)
}

/// What Go calls a value of the wrong type, by its first byte.
pub(super) fn describe(first: u8) -> &'static str {
    match first {
        b'{' => "object",
        b'[' => "array",
        b'"' => "string",
        b't' | b'f' => "bool",
        b'n' => "null",
        _ => "number",
    }
}

/// Reads a value with a stack of its own.
struct Parser {
    strict: Strict,
    error: Option<DecodeError>,
}

enum Open {
    List(Vec<Value>, usize),
    Object(Fields, String, usize),
}

impl Parser {
    fn value(&mut self, reader: &mut Reader<'_>) -> Value {
        let mut stack: Vec<Open> = Vec::new();
        loop {
            let mut value = match reader.peek() {
                b'{' => {
                    reader.bump();
                    let mut open = Open::Object(Fields::new(), String::new(), 0);
                    if self.next(reader, &mut open) {
                        stack.push(open);
                        continue;
                    }
                    Value::Object(Fields::new())
                }
                b'[' => {
                    reader.bump();
                    let mut open = Open::List(Vec::new(), 0);
                    if self.next(reader, &mut open) {
                        stack.push(open);
                        continue;
                    }
                    Value::Array(Vec::new())
                }
                b'"' => Value::String(reader.string().into_owned()),
                _ => self.word(reader.literal()),
            };
            loop {
                let Some(mut open) = stack.pop() else { return value };
                match &mut open {
                    Open::List(items, before) => {
                        self.strict.leave(*before);
                        items.push(value);
                    }
                    Open::Object(fields, key, before) => {
                        self.strict.leave(*before);
                        fields.insert(std::mem::take(key), value);
                    }
                }
                if self.next(reader, &mut open) {
                    stack.push(open);
                    break;
                }
                value = match open {
                    Open::List(items, _) => Value::Array(items),
                    Open::Object(fields, ..) => Value::Object(fields),
                };
            }
        }
    }

    /// Goes on to the next element or field, if there is one.
    fn next(&mut self, reader: &mut Reader<'_>, open: &mut Open) -> bool {
        match open {
            Open::List(items, before) => {
                let more = reader.more(b']');
                if more {
                    *before = self.strict.enter_index(items.len());
                }
                more
            }
            Open::Object(fields, key, before) => {
                let more = reader.more(b'}');
                if more {
                    *key = reader.key().into_owned();
                    if self.strict.enabled && fields.contains_key(key) {
                        self.strict.report(StrictKind::Duplicate, key);
                    }
                    *before = self.strict.enter_key(key);
                }
                more
            }
        }
    }

    fn word(&mut self, literal: &str) -> Value {
        match literal.as_bytes().first() {
            Some(b't') => Value::Bool(true),
            Some(b'f') => Value::Bool(false),
            Some(b'-' | b'0'..=b'9') => self.number(literal),
            _ => Value::Null,
        }
    }

    fn number(&mut self, literal: &str) -> Value {
        if let Ok(value) = literal.parse::<i64>() {
            return Value::from(value);
        }
        let float = literal.parse().ok().and_then(Number::from_f64);
        float.map_or_else(
            || {
                self.error.get_or_insert(DecodeError::Type {
                    value: format!("number {literal}"),
                    place: Place::default(),
                    ty: "float64".to_owned(),
                });
                Value::Null
            },
            Value::Number,
        )
    }
}

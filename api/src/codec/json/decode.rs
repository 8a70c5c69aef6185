//! Typed JSON to canonical trees, with the semantics of `sigs.k8s.io/json`.

use std::borrow::Cow;

use pintle_machinery::Value;
use serde_json::Number;

use super::any::{describe, read_any};
use super::error::{DecodeError, Place, Strict, StrictError, StrictKind};
use super::fields_v1;
use super::reader::Reader;
use crate::catalog::{Field, FieldType, Form, Message, Scalar, Shape};
use crate::codec::canonical::{self, Fields};
use crate::codec::{go, scalar, scan};

/// Decodes a JSON document into the canonical tree of `message`.
///
/// Keys are case-sensitive, unknown fields are dropped, of duplicate fields the last wins (structs
/// and maps merge). With `strict`, unknown and duplicate fields are reported besides. Follows
/// `sigs.k8s.io/json` `UnmarshalStrict`.
pub fn decode(
    message: &'static Message,
    bytes: &[u8],
    strict: bool,
) -> Result<(Value, Vec<StrictError>), DecodeError> {
    scan::validate(bytes)?;
    Checked(bytes).decode(message, strict)
}

/// Bytes that hold one JSON document.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a>(pub(super) &'a [u8]);

impl Checked<'_> {
    /// As [`decode`].
    pub fn decode(
        self,
        message: &'static Message,
        strict: bool,
    ) -> Result<(Value, Vec<StrictError>), DecodeError> {
        decode_valid(message, self.0, strict, false)
    }
}

fn decode_valid(
    message: &'static Message,
    bytes: &[u8],
    strict: bool,
    from_tree: bool,
) -> Result<(Value, Vec<StrictError>), DecodeError> {
    let mut decoder = Decoder {
        reader: Reader::new(bytes),
        from_tree,
        strict: Strict::new(strict),
        saved: None,
        structure: None,
        path: Vec::new(),
    };
    let ty = FieldType::Message(message);
    let mut slot = None;
    let decoded = decoder.single(ty, "", &mut slot);
    if let Some(error) = decoded.err().or(decoder.saved) {
        return Err(error);
    }
    let tree = slot.unwrap_or_else(|| canonical::zero_of_type(ty));
    Ok((tree, decoder.strict.into_found()))
}

/// Decodes a tree of any form, such as a patched one, into the canonical tree of `message`.
pub fn retype(
    message: &'static Message,
    tree: &Value,
    strict: bool,
) -> Result<(Value, Vec<StrictError>), DecodeError> {
    let mut bytes = Vec::new();
    super::encode_any(tree, &mut bytes);
    scan::validate(&bytes)?;
    decode_valid(message, &bytes, strict, true)
}

/// Reads values into slots. A slot holds what was decoded into it before (Go merges structs and
/// maps of duplicate fields), `None` for nil pointers, nil lists and zero structs.
struct Decoder<'a> {
    reader: Reader<'a>,
    /// What is read was a tree: a string where a `FieldsV1` stands is its text.
    from_tree: bool,
    strict: Strict,
    /// The first error that does not end decoding.
    saved: Option<DecodeError>,
    structure: Option<&'static Message>,
    path: Vec<Cow<'static, str>>,
}

/// An error that ends decoding at once.
type Fatal = Box<DecodeError>;

impl From<Fatal> for DecodeError {
    fn from(fatal: Fatal) -> Self {
        *fatal
    }
}

impl Decoder<'_> {
    fn field(
        &mut self,
        field: &'static Field,
        slot: &mut Option<Value>,
    ) -> Result<(), DecodeError> {
        match field.shape {
            Shape::Single => {
                if field.pointer && self.reader.peek() == b'n' {
                    self.reader.skip();
                    *slot = None;
                    return Ok(());
                }
                self.single(field.ty, field.declared.go_type, slot)?;
                if field.pointer && slot.is_none() {
                    *slot = Some(canonical::zero_of_type(field.ty));
                }
                Ok(())
            }
            Shape::List => self.list(field.ty, field.declared.go_type, slot),
            Shape::Map => self.map(field.ty, field.declared.go_type, slot),
        }
    }

    fn list(
        &mut self,
        ty: FieldType,
        named: &'static str,
        slot: &mut Option<Value>,
    ) -> Result<(), DecodeError> {
        match self.reader.peek() {
            b'[' => self.reader.bump(),
            b'n' => {
                self.reader.skip();
                *slot = None;
                return Ok(());
            }
            _ => {
                self.mismatch(|| go::type_name(ty, Shape::List, named));
                return Ok(());
            }
        }
        let mut items = Vec::new();
        while self.reader.more(b']') {
            let before = self.strict.enter_index(items.len());
            let mut item = None;
            self.single(ty, go::element_name(named), &mut item)?;
            items.push(item.unwrap_or_else(|| canonical::zero_of_type(ty)));
            self.strict.leave(before);
        }
        *slot = Some(Value::Array(items));
        Ok(())
    }

    fn map(
        &mut self,
        ty: FieldType,
        named: &'static str,
        slot: &mut Option<Value>,
    ) -> Result<(), DecodeError> {
        match self.reader.peek() {
            b'{' => self.reader.bump(),
            b'n' => {
                self.reader.skip();
                *slot = None;
                return Ok(());
            }
            _ => {
                self.mismatch(|| go::type_name(ty, Shape::Map, named));
                return Ok(());
            }
        }
        let mut entries = take_fields(slot);
        let merges = !entries.is_empty();
        // Keys of this occurrence, where there are others from one before.
        let mut seen = Fields::new();
        while self.reader.more(b'}') {
            let key = self.reader.key();
            if self.strict.enabled {
                let duplicate = if merges {
                    seen.insert(key.to_string(), Value::Null).is_some()
                } else {
                    entries.contains_key(&*key)
                };
                if duplicate {
                    self.strict.report(StrictKind::Duplicate, &key);
                }
            }
            let before = self.strict.enter_key(&key);
            let mut value = None;
            self.single(ty, go::element_name(named), &mut value)?;
            self.strict.leave(before);
            let value = value.unwrap_or_else(|| canonical::zero_of_type(ty));
            entries.insert(key.into_owned(), value);
        }
        *slot = Some(Value::Object(entries));
        Ok(())
    }

    fn single(
        &mut self,
        ty: FieldType,
        named: &'static str,
        slot: &mut Option<Value>,
    ) -> Result<(), DecodeError> {
        match ty {
            FieldType::Scalar(scalar) => {
                self.scalar(scalar, named, slot);
                Ok(())
            }
            FieldType::Message(message) if message.form == Form::Object => {
                self.message(message, slot)
            }
            FieldType::Message(message) => self.special(message, slot),
        }
    }

    fn message(
        &mut self,
        message: &'static Message,
        slot: &mut Option<Value>,
    ) -> Result<(), DecodeError> {
        match self.reader.peek() {
            b'{' => self.reader.bump(),
            b'n' => {
                self.reader.skip();
                return Ok(());
            }
            _ => {
                self.mismatch(|| go::message_name(message));
                return Ok(());
            }
        }
        let mut fields = take_fields(slot);
        let merges = !fields.is_empty();
        let mut seen: Vec<&'static str> = Vec::new();
        let structure = self.structure;
        let depth = self.path.len();
        while self.reader.more(b'}') {
            let key = self.reader.key();
            let Some(field) = find(message, &key, &mut self.path) else {
                self.strict.report(StrictKind::Unknown, &key);
                self.reader.skip();
                continue;
            };
            let duplicate = seen.contains(&field.json);
            if !duplicate {
                seen.push(field.json);
            } else if self.strict.enabled {
                self.strict.report(StrictKind::Duplicate, field.json);
            }
            self.path.push(Cow::Borrowed(field.json));
            self.structure = Some(message);
            let before = self.strict.enter_key(field.json);
            let mut value = if merges || duplicate { fields.remove(field.json) } else { None };
            self.field(field, &mut value)?;
            if let Some(value) = value {
                fields.insert(field.json.to_owned(), value);
            }
            self.strict.leave(before);
            self.path.truncate(depth);
            self.structure = structure;
        }
        let zero = canonical::finish(message, &mut fields);
        *slot = (!zero).then_some(Value::Object(fields));
        Ok(())
    }

    fn scalar(&mut self, scalar: Scalar, named: &'static str, slot: &mut Option<Value>) {
        let first = self.reader.peek();
        let wanted = match scalar {
            Scalar::Bool => first == b't' || first == b'f',
            Scalar::String => first == b'"',
            Scalar::Bytes => return self.bytes(named, slot),
            _ => first == b'-' || first.is_ascii_digit(),
        };
        if first == b'n' {
            self.reader.skip();
        } else if !wanted {
            self.mismatch(|| go::type_name(FieldType::Scalar(scalar), Shape::Single, named));
        } else {
            let value = match scalar {
                Scalar::Bool => Some(Value::Bool(self.reader.literal() == "true")),
                Scalar::String => Some(Value::String(self.reader.string().into_owned())),
                _ => self.number(scalar, named),
            };
            if value.is_some() {
                *slot = value;
            }
        }
    }

    fn number(&mut self, scalar: Scalar, named: &str) -> Option<Value> {
        let literal = self.reader.literal();
        let value = match scalar {
            Scalar::Int32 => literal.parse::<i32>().ok().map(Value::from),
            Scalar::Int64 => literal.parse::<i64>().ok().map(Value::from),
            Scalar::Uint32 => literal.parse::<u32>().ok().map(Value::from),
            Scalar::Uint64 => literal.parse::<u64>().ok().map(Value::from),
            _ => literal.parse().ok().and_then(Number::from_f64).map(Value::Number),
        };
        if value.is_none() {
            let ty = go::type_name(FieldType::Scalar(scalar), Shape::Single, named);
            self.save(format!("number {literal}"), ty);
        }
        value
    }

    fn bytes(&mut self, named: &'static str, slot: &mut Option<Value>) {
        match self.reader.peek() {
            b'"' => match go::base64(self.reader.string().as_bytes()) {
                Ok(bytes) => *slot = Some(Value::String(scalar::base64(&bytes))),
                Err(at) => {
                    let text = format!("illegal base64 data at input byte {at}");
                    self.saved.get_or_insert(DecodeError::Value(text));
                }
            },
            b'n' => {
                self.reader.skip();
                *slot = None;
            }
            b'[' => {
                self.reader.bump();
                let mut bytes = Vec::new();
                while self.reader.more(b']') {
                    let first = self.reader.peek();
                    let literal = std::str::from_utf8(self.reader.skip()).unwrap_or_default();
                    let byte = literal.parse::<u8>();
                    if byte.is_err() && first != b'n' {
                        let value = match describe(first) {
                            "number" => format!("number {literal}"),
                            other => other.to_owned(),
                        };
                        self.save(value, "uint8".to_owned());
                    }
                    bytes.push(byte.unwrap_or_default());
                }
                *slot = Some(Value::String(scalar::base64(&bytes)));
            }
            _ => self
                .mismatch(|| go::type_name(FieldType::Scalar(Scalar::Bytes), Shape::Single, named)),
        }
    }

    /// Decodes a type that has a parser of its own. Their errors end decoding.
    fn special(
        &mut self,
        message: &'static Message,
        slot: &mut Option<Value>,
    ) -> Result<(), DecodeError> {
        let null = self.reader.peek() == b'n';
        *slot = match message.form {
            Form::Items => return self.items(message, slot),
            Form::SchemaOrBool | Form::SchemaOrArray | Form::SchemaOrStringArray => {
                return self.schema_or(message, slot);
            }
            Form::Raw | Form::FieldsV1 if null => {
                self.reader.skip();
                return Ok(());
            }
            Form::Raw => Some(read_any(&mut self.reader)?),
            Form::FieldsV1 => {
                let value = read_any(&mut self.reader)?;
                Some(if self.from_tree { value } else { fields_v1::of_json(value) })
            }
            Form::Quantity => self.quantity()?,
            Form::IntOrString => self.int_or_string()?,
            Form::Time | Form::MicroTime if null => self.nothing(),
            Form::Time => self.parsed(scalar::time)?,
            Form::MicroTime => self.parsed(scalar::micro_time)?,
            Form::Duration => self.parsed(scalar::duration)?,
            Form::Object => None,
        };
        Ok(())
    }

    /// A named list.
    fn items(
        &mut self,
        message: &'static Message,
        slot: &mut Option<Value>,
    ) -> Result<(), DecodeError> {
        if matches!(self.reader.peek(), b'[' | b'n') {
            return self.list(canonical::items_of(message), "", slot);
        }
        self.mismatch(|| go::message_name(message));
        Ok(())
    }

    fn nothing(&mut self) -> Option<Value> {
        self.reader.skip();
        None
    }

    /// A string that `parse` brings into canonical form.
    fn parsed(
        &mut self,
        parse: fn(&str) -> Result<Option<String>, String>,
    ) -> Result<Option<Value>, Fatal> {
        let text = match self.reader.peek() {
            b'"' => self.reader.string(),
            b'n' => {
                self.reader.skip();
                Cow::Borrowed("")
            }
            first => {
                return Err(Box::new(self.type_error(describe(first).into(), "string".into())));
            }
        };
        let text = parse(&text).map_err(|text| Box::new(DecodeError::Value(text)))?;
        Ok(text.map(Value::String))
    }

    fn quantity(&mut self) -> Result<Option<Value>, Fatal> {
        let json = self.reader.skip();
        if json == b"null" {
            return Ok(None);
        }
        let json =
            json.strip_prefix(b"\"").and_then(|json| json.strip_suffix(b"\"")).unwrap_or(json);
        let text = String::from_utf8_lossy(json);
        let text =
            scalar::quantity(text.trim()).map_err(|text| Box::new(DecodeError::Value(text)))?;
        Ok(Some(Value::String(text)))
    }

    fn int_or_string(&mut self) -> Result<Option<Value>, Fatal> {
        let first = self.reader.peek();
        if first == b'"' {
            return Ok(Some(Value::String(self.reader.string().into_owned())));
        }
        let json = std::str::from_utf8(self.reader.skip()).unwrap_or_default();
        if first == b'n' {
            return Ok(None);
        }
        if let Ok(number) = json.parse::<i32>() {
            return Ok((number != 0).then(|| Value::from(number)));
        }
        let value = match describe(first) {
            "number" => format!("number {json}"),
            other => other.to_owned(),
        };
        Err(Box::new(self.type_error(value, "int32".to_owned())))
    }

    /// `JSONSchemaPropsOrBool` and its kin: they decode the schema on their own, without
    /// strictness, and any error in it is theirs.
    fn schema_or(
        &mut self,
        message: &'static Message,
        slot: &mut Option<Value>,
    ) -> Result<(), DecodeError> {
        let strict = std::mem::take(&mut self.strict);
        let saved = self.saved.take();
        let structure = self.structure.take();
        let path = std::mem::take(&mut self.path);
        *slot = None;
        let first = self.reader.peek();
        let schema = canonical::schema_of(message).map(FieldType::Message);
        let decoded = match (first, message.form, schema) {
            (b'{', _, Some(schema)) => {
                let decoded = self.single(schema, "", slot);
                slot.get_or_insert_with(|| canonical::zero_of_type(schema));
                decoded
            }
            (b'[', Form::SchemaOrArray, Some(schema)) => self.list(schema, "", slot),
            (b'[', Form::SchemaOrStringArray, _) => {
                self.list(FieldType::Scalar(Scalar::String), "", slot)
            }
            (b't' | b'f', Form::SchemaOrBool, _) => {
                let allows = self.reader.literal() == "true";
                *slot = allows.then_some(Value::Bool(true));
                Ok(())
            }
            (_, Form::SchemaOrBool, _) => {
                Err(DecodeError::Value("boolean or JSON schema expected".to_owned()))
            }
            _ => {
                self.reader.skip();
                Ok(())
            }
        };
        if let Some(Value::Array(items)) = slot
            && items.is_empty()
        {
            *slot = None;
        }
        let inner = decoded.err().or(self.saved.take());
        (self.strict, self.saved, self.structure, self.path) = (strict, saved, structure, path);
        match inner {
            None => Ok(()),
            Some(error) => Err(self.nested(error)),
        }
    }

    /// Puts an error of a nested decoder into this one's place.
    fn nested(&self, error: DecodeError) -> DecodeError {
        match error {
            DecodeError::Type { value, place, ty } if self.structure.is_some() => {
                let mut outer = self.place();
                outer.path.extend(place.path);
                DecodeError::Type { value, place: outer, ty }
            }
            error => error,
        }
    }

    /// Notes that the value here does not fit, and steps over it.
    fn mismatch(&mut self, ty: impl FnOnce() -> String) {
        let value = describe(self.reader.peek()).to_owned();
        self.reader.skip();
        if self.saved.is_none() {
            self.save(value, ty());
        }
    }

    fn save(&mut self, value: String, ty: String) {
        if self.saved.is_none() {
            self.saved = Some(self.type_error(value, ty));
        }
    }

    fn type_error(&self, value: String, ty: String) -> DecodeError {
        DecodeError::Type { value, place: self.place(), ty }
    }

    fn place(&self) -> Place {
        Place {
            structure: self.structure.map(go::struct_name).unwrap_or_default().to_owned(),
            path: self.path.iter().map(ToString::to_string).collect(),
        }
    }
}

/// What a slot holds already, if it is an object.
fn take_fields(slot: &mut Option<Value>) -> Fields {
    match slot.take() {
        Some(Value::Object(fields)) => fields,
        _ => Fields::new(),
    }
}

/// Finds the field of a key, also among inlined messages, whose names it adds to the path.
fn find(
    message: &'static Message,
    key: &str,
    path: &mut Vec<Cow<'static, str>>,
) -> Option<&'static Field> {
    if key.is_empty() {
        return None;
    }
    if let Some(field) = message.fields.iter().find(|field| field.json == key) {
        return Some(field);
    }
    for field in message.fields {
        if let (true, FieldType::Message(inlined)) = (field.json.is_empty(), field.ty) {
            path.push(Cow::Borrowed(go::struct_name(inlined)));
            let found = find(inlined, key, path);
            if found.is_some() {
                return found;
            }
            path.pop();
        }
    }
    None
}

//! Stored protobuf to JSON in one pass, without a tree: the read path.

use super::canonical::{self, is_written_when_absent};
use super::json::{close, write_any, write_key};
use super::protobuf::wire::{Entry, Payload, Reader};
use super::protobuf::{Parts, WireError, position};
use super::{MAX_DEPTH, go, scalar, scan, text};
use crate::catalog::{Field, FieldType, Form, Message, Omit, Scalar, Shape};

/// What JSON shows of an object besides its stored message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Header<'a> {
    /// Printed first; nothing if empty, as in lists.
    pub kind: &'a str,
    /// Printed second; nothing if empty.
    pub api_version: &'a str,
    /// Takes the place of `metadata.resourceVersion`; the stored one stays if empty.
    pub resource_version: &'a str,
}

/// Writes a stored message as JSON: what decoding and encoding it would give, but for raw JSON
/// inside it, which keeps its spelling as upstream keeps it.
///
/// On an error `out` is as it was before.
pub fn protobuf_to_json(
    message: &'static Message,
    raw: &[u8],
    header: Header<'_>,
    out: &mut Vec<u8>,
) -> Result<(), WireError> {
    let start = out.len();
    let mut transcoder = Transcoder { out, slots: Vec::with_capacity(256), header };
    let done = transcoder.message(message, raw, Level { depth: 1, at: Place::Root });
    if done.is_err() {
        out.truncate(start);
    }
    done
}

struct Transcoder<'a> {
    out: &'a mut Vec<u8>,
    /// Where the fields of the messages that are being written stand in their bytes.
    slots: Vec<Slot>,
    header: Header<'a>,
}

/// Where one field stands: the offsets of its first and last occurrence.
#[derive(Clone, Copy, Default)]
struct Slot {
    first: usize,
    last: usize,
    count: usize,
}

#[derive(Clone, Copy)]
struct Level {
    depth: usize,
    at: Place,
}

/// Which parts of the header may go into a message.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Root,
    Metadata,
    Inside,
}

impl Level {
    fn below(self, field: &Field) -> Level {
        let metadata = self.at == Place::Root && field.json == "metadata";
        let at = if metadata { Place::Metadata } else { Place::Inside };
        Level { depth: self.depth + 1, at }
    }
}

impl Transcoder<'_> {
    fn message(
        &mut self,
        message: &'static Message,
        bytes: &[u8],
        level: Level,
    ) -> Result<(), WireError> {
        match message.form {
            Form::Object => {
                if level.depth > MAX_DEPTH {
                    return Err(WireError::TooDeep);
                }
                self.out.push(b'{');
                self.fields(message, bytes, level)?;
                close(self.out, b'}');
                Ok(())
            }
            Form::SchemaOrBool | Form::SchemaOrArray | Form::SchemaOrStringArray => {
                self.schema_or(message, bytes, level)
            }
            Form::Items => {
                self.out.push(b'[');
                self.elements(canonical::items_of(message), "items", bytes, (0, 1), level)?;
                close(self.out, b']');
                Ok(())
            }
            form => self.special(form, go::struct_name(message), bytes),
        }
    }

    /// Writes the fields of a message, each with a comma behind it.
    fn fields(
        &mut self,
        message: &'static Message,
        bytes: &[u8],
        level: Level,
    ) -> Result<(), WireError> {
        let base = self.slots.len();
        self.slots.resize(base + message.fields.len(), Slot::default());
        let mut reader = Reader::new(bytes);
        let mut hint = 0;
        loop {
            let offset = reader.offset();
            let Some(entry) = reader.next(go::struct_name(message))? else { break };
            let Some(index) = position(message, entry.number, hint) else { continue };
            hint = index;
            let slot = &mut self.slots[base + index];
            if slot.count == 0 {
                slot.first = offset;
            }
            slot.last = offset;
            slot.count += 1;
        }
        for (index, field) in message.fields.iter().enumerate() {
            let slot = self.slots[base + index];
            self.field(field, bytes, slot, level)?;
        }
        self.slots.truncate(base);
        Ok(())
    }

    fn field(
        &mut self,
        field: &'static Field,
        bytes: &[u8],
        slot: Slot,
        level: Level,
    ) -> Result<(), WireError> {
        if field.json.is_empty() {
            return self.inlined(field, bytes, slot, level);
        }
        if level.at == Place::Metadata
            && field.json == "resourceVersion"
            && !self.header.resource_version.is_empty()
        {
            write_key(field.json, self.out);
            text::write_str(self.out, self.header.resource_version);
            self.out.push(b',');
            return Ok(());
        }
        // Most fields of most objects are absent. Only the root's metadata shows without need.
        if slot.count == 0 && level.at != Place::Root && !is_written_when_absent(field) {
            return Ok(());
        }
        let start = self.out.len();
        write_key(field.json, self.out);
        let written = match (slot.count, field.shape) {
            (0, _) => self.absent(field, level)?,
            (_, Shape::Single) => self.single(field, bytes, slot, level)?,
            (_, Shape::List) => {
                self.out.push(b'[');
                let places = (slot.first, field.number);
                self.elements(field.ty, field.json, bytes, places, level.below(field))?;
                let empty = self.out.last() == Some(&b'[');
                close(self.out, b']');
                !empty || field.omit == Omit::Never
            }
            (_, Shape::Map) => {
                self.map(field, bytes, slot, level.below(field))?;
                true
            }
        };
        if written {
            self.out.push(b',');
        } else {
            self.out.truncate(start);
        }
        Ok(())
    }

    fn inlined(
        &mut self,
        field: &'static Field,
        bytes: &[u8],
        slot: Slot,
        level: Level,
    ) -> Result<(), WireError> {
        let FieldType::Message(message) = field.ty else { return Ok(()) };
        if field.number == 0 {
            if level.at == Place::Root {
                for (key, value) in
                    [("kind", self.header.kind), ("apiVersion", self.header.api_version)]
                {
                    if !value.is_empty() {
                        write_key(key, self.out);
                        text::write_str(self.out, value);
                        self.out.push(b',');
                    }
                }
            }
            return Ok(());
        }
        let level = Level { depth: level.depth + 1, at: Place::Inside };
        if slot.count > 1 {
            return self.fields(message, &merged(field, bytes, slot)?, level);
        }
        let bytes = match slot.count {
            0 => &[],
            _ => entry_at(bytes, slot.last)?.payload.bytes(field.json)?,
        };
        self.fields(message, bytes, level)
    }

    /// Writes the value of a field that is not in the bytes, if JSON shows it.
    fn absent(&mut self, field: &'static Field, level: Level) -> Result<bool, WireError> {
        if let FieldType::Message(message) = field.ty
            && message.form == Form::Object
            && field.shape == Shape::Single
            && !field.pointer
        {
            // Metadata takes a resource version even where nothing else is stored.
            let level = level.below(field);
            let versioned = level.at == Place::Metadata && !self.header.resource_version.is_empty();
            let shown = versioned || is_written_when_absent(field);
            if shown {
                self.message(message, &[], level)?;
            }
            return Ok(shown);
        }
        let shown = is_written_when_absent(field);
        if shown {
            write_any(&canonical::zero_of(field), self.out);
        }
        Ok(shown)
    }

    fn single(
        &mut self,
        field: &'static Field,
        bytes: &[u8],
        slot: Slot,
        level: Level,
    ) -> Result<bool, WireError> {
        let payload = entry_at(bytes, slot.last)?.payload;
        let omits = field.omit != Omit::Never && !field.pointer;
        let message = match field.ty {
            FieldType::Scalar(_) if omits && is_zero_scalar(payload) => return Ok(false),
            FieldType::Scalar(scalar) => {
                self.scalar(scalar, field.json, payload)?;
                return Ok(true);
            }
            FieldType::Message(message) => message,
        };
        let level = level.below(field);
        if slot.count > 1 && message.form == Form::Object {
            self.message(message, &merged(field, bytes, slot)?, level)?;
            return Ok(true);
        }
        let inside = payload.bytes(field.json)?;
        let versioned = level.at == Place::Metadata && !self.header.resource_version.is_empty();
        if field.omit == Omit::Zero
            && !field.pointer
            && !versioned
            && is_zero_message(message, inside)?
        {
            return Ok(false);
        }
        let start = self.out.len();
        self.message(message, inside, level)?;
        let written = &self.out[start..];
        Ok(match message.form {
            Form::Items => !(omits && written == b"[]"),
            Form::Object => true,
            _ => !(field.pointer && field.omit != Omit::Never && written == b"null"),
        })
    }

    /// Writes the elements of a list, each with a comma behind it.
    fn elements(
        &mut self,
        ty: FieldType,
        name: &str,
        bytes: &[u8],
        (first, number): (usize, u32),
        level: Level,
    ) -> Result<(), WireError> {
        let mut reader = Reader::starting_at(bytes, first);
        while let Some(entry) = reader.next("")? {
            if entry.number != number {
                continue;
            }
            match (ty, entry.payload) {
                (FieldType::Scalar(scalar), Payload::Bytes(packed))
                    if !matches!(scalar, Scalar::String | Scalar::Bytes) =>
                {
                    let mut packed_reader = Reader::new(packed);
                    while packed_reader.offset() < packed.len() {
                        let payload = match scalar {
                            Scalar::Double => Payload::Fixed64(packed_reader.fixed64()?),
                            _ => Payload::Varint(packed_reader.varint()?),
                        };
                        self.scalar(scalar, name, payload)?;
                        self.out.push(b',');
                    }
                }
                (ty, payload) => {
                    self.value(ty, name, payload, level)?;
                    self.out.push(b',');
                }
            }
        }
        Ok(())
    }

    fn map(
        &mut self,
        field: &'static Field,
        bytes: &[u8],
        slot: Slot,
        level: Level,
    ) -> Result<(), WireError> {
        let start = self.out.len();
        let mut last: Option<&[u8]> = None;
        let mut reader = Reader::starting_at(bytes, slot.first);
        self.out.push(b'{');
        while let Some(entry) = reader.next("")? {
            if entry.number != field.number {
                continue;
            }
            let (key, value) = map_entry(field, entry)?;
            if last.is_some_and(|last| last >= key) {
                self.out.truncate(start);
                return self.unsorted_map(field, bytes, slot, level);
            }
            last = Some(key);
            self.map_value(field, key, value, level)?;
        }
        close(self.out, b'}');
        Ok(())
    }

    /// Writes a map that somebody else's marshaler left unsorted, or with keys twice.
    fn unsorted_map(
        &mut self,
        field: &'static Field,
        bytes: &[u8],
        slot: Slot,
        level: Level,
    ) -> Result<(), WireError> {
        let mut entries = std::collections::BTreeMap::new();
        let mut reader = Reader::starting_at(bytes, slot.first);
        while let Some(entry) = reader.next("")? {
            if entry.number == field.number {
                let (key, value) = map_entry(field, entry)?;
                entries.insert(key, value);
            }
        }
        self.out.push(b'{');
        for (key, value) in entries {
            self.map_value(field, key, value, level)?;
        }
        close(self.out, b'}');
        Ok(())
    }

    fn map_value(
        &mut self,
        field: &'static Field,
        key: &[u8],
        value: Option<Payload<'_>>,
        level: Level,
    ) -> Result<(), WireError> {
        text::write_bytes(self.out, key);
        self.out.push(b':');
        match (value, field.ty) {
            (Some(value), ty) => self.value(ty, field.json, value, level)?,
            (None, FieldType::Message(message)) => self.message(message, &[], level)?,
            (None, FieldType::Scalar(Scalar::Bytes)) => self.out.extend_from_slice(b"\"\""),
            (None, ty) => write_any(&canonical::zero_of_type(ty), self.out),
        }
        self.out.push(b',');
        Ok(())
    }

    fn value(
        &mut self,
        ty: FieldType,
        name: &str,
        payload: Payload<'_>,
        level: Level,
    ) -> Result<(), WireError> {
        match ty {
            FieldType::Scalar(scalar) => self.scalar(scalar, name, payload),
            FieldType::Message(message) => self.message(message, payload.bytes(name)?, level),
        }
    }

    fn scalar(
        &mut self,
        scalar: Scalar,
        name: &str,
        payload: Payload<'_>,
    ) -> Result<(), WireError> {
        match scalar {
            Scalar::String => text::write_bytes(self.out, payload.bytes(name)?),
            Scalar::Bytes => scalar::write_base64(self.out, payload.bytes(name)?),
            Scalar::Bool => {
                let text: &[u8] = if payload.varint(name)? != 0 { b"true" } else { b"false" };
                self.out.extend_from_slice(text);
            }
            Scalar::Int32 => text::write_i64(self.out, i64::from(payload.varint(name)? as i32)),
            Scalar::Int64 => text::write_i64(self.out, payload.varint(name)? as i64),
            Scalar::Uint32 => text::write_u64(self.out, u64::from(payload.varint(name)? as u32)),
            Scalar::Uint64 => text::write_u64(self.out, payload.varint(name)?),
            Scalar::Double => match payload {
                Payload::Fixed64(bits) => {
                    let value = f64::from_bits(bits);
                    text::write_f64(self.out, if value.is_finite() { value } else { 0.0 });
                }
                other => return Err(other.wrong(name)),
            },
        }
        Ok(())
    }

    fn special(&mut self, form: Form, name: &'static str, bytes: &[u8]) -> Result<(), WireError> {
        let parts = Parts::read(name, bytes)?;
        match form {
            Form::Quantity => {
                let quantity = parts.bytes.unwrap_or(b"0");
                if scalar::is_plain_quantity(quantity) {
                    self.quoted(|out| out.extend_from_slice(quantity));
                } else {
                    let quantity = scalar::quantity(&text::to_text(quantity));
                    text::write_str(self.out, &quantity.map_err(WireError::Value)?);
                }
            }
            Form::Time => match parts.seconds() {
                Some(seconds) => self.quoted(|out| scalar::write_time(out, seconds)),
                None => self.out.extend_from_slice(b"null"),
            },
            Form::MicroTime => match parts.moment() {
                Some((seconds, nanos)) => {
                    self.quoted(|out| scalar::write_micro_time(out, seconds, nanos));
                }
                None => self.out.extend_from_slice(b"null"),
            },
            Form::Duration => {
                text::write_str(self.out, &scalar::duration_text(parts.first as i64));
            }
            Form::IntOrString => match parts.first {
                0 => text::write_i64(self.out, i64::from(parts.second as i32)),
                1 => text::write_bytes(self.out, parts.third),
                _ => return Err(WireError::Value("impossible IntOrString.Type".to_owned())),
            },
            _ => match parts.bytes {
                Some(raw) if !(raw.is_empty() && form == Form::FieldsV1) => {
                    scan::validate(raw).map_err(|error| WireError::Value(error.to_string()))?;
                    text::write_compact(self.out, raw);
                }
                _ => self.out.extend_from_slice(b"null"),
            },
        }
        Ok(())
    }

    fn quoted(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.out.push(b'"');
        write(self.out);
        self.out.push(b'"');
    }

    fn schema_or(
        &mut self,
        message: &'static Message,
        bytes: &[u8],
        level: Level,
    ) -> Result<(), WireError> {
        let Some(schema) = canonical::schema_of(message) else { return Ok(()) };
        let mut reader = Reader::new(bytes);
        let (mut allows, mut object, mut list) = (false, Vec::new(), None);
        loop {
            let offset = reader.offset();
            let Some(entry) = reader.next(go::struct_name(message))? else { break };
            match (message.form, entry.number) {
                (Form::SchemaOrBool, 1) => allows = entry.payload.varint("allows")? != 0,
                (Form::SchemaOrBool, 2) | (_, 1) => object.push(entry.payload.bytes("schema")?),
                (_, 2) => list = list.or(Some(offset)),
                _ => {}
            }
        }
        match (list, object.as_slice()) {
            (Some(first), _) => {
                let ty = match message.form {
                    Form::SchemaOrArray => FieldType::Message(schema),
                    _ => FieldType::Scalar(Scalar::String),
                };
                self.out.push(b'[');
                self.elements(ty, "items", bytes, (first, 2), level)?;
                close(self.out, b']');
            }
            (None, [object]) => return self.message(schema, object, level),
            (None, []) if message.form == Form::SchemaOrBool => {
                self.out.extend_from_slice(if allows { b"true" } else { b"false" });
            }
            (None, []) => self.out.extend_from_slice(b"null"),
            (None, objects) => return self.message(schema, &objects.concat(), level),
        }
        Ok(())
    }
}

fn entry_at(bytes: &[u8], offset: usize) -> Result<Entry<'_>, WireError> {
    Reader::starting_at(bytes, offset).next("")?.ok_or(WireError::UnexpectedEof)
}

/// The bytes of a message field that stands more than once: put together they merge.
fn merged(field: &Field, bytes: &[u8], slot: Slot) -> Result<Vec<u8>, WireError> {
    let mut whole = Vec::new();
    let mut reader = Reader::starting_at(bytes, slot.first);
    while let Some(entry) = reader.next("")? {
        if entry.number == field.number {
            whole.extend_from_slice(entry.payload.bytes(field.json)?);
        }
    }
    Ok(whole)
}

fn map_entry<'a>(
    field: &Field,
    entry: Entry<'a>,
) -> Result<(&'a [u8], Option<Payload<'a>>), WireError> {
    let mut reader = Reader::new(entry.payload.bytes(field.json)?);
    let (mut key, mut value): (&[u8], _) = (&[], None);
    while let Some(part) = reader.next("MapEntry")? {
        match part.number {
            1 => key = part.payload.bytes(field.json)?,
            2 => value = Some(part.payload),
            _ => {}
        }
    }
    Ok((key, value))
}

fn is_zero_scalar(payload: Payload<'_>) -> bool {
    match payload {
        Payload::Varint(value) => value == 0,
        Payload::Fixed64(bits) => f64::from_bits(bits) == 0.0,
        Payload::Bytes(bytes) => bytes.is_empty(),
        Payload::Group | Payload::Fixed32 => false,
    }
}

/// Whether a message's bytes are those of Go's zero struct.
fn is_zero_message(message: &'static Message, bytes: &[u8]) -> Result<bool, WireError> {
    let name = go::struct_name(message);
    match message.form {
        Form::Object => {}
        Form::Time => return Ok(Parts::read(name, bytes)?.seconds().is_none()),
        Form::MicroTime => return Ok(Parts::read(name, bytes)?.moment().is_none()),
        Form::Duration => return Ok(Parts::read(name, bytes)?.first == 0),
        Form::IntOrString => {
            let parts = Parts::read(name, bytes)?;
            return Ok(parts.first == 0 && parts.second as i32 == 0);
        }
        _ => return Ok(bytes.is_empty()),
    }
    let mut reader = Reader::new(bytes);
    let mut hint = 0;
    while let Some(entry) = reader.next(name)? {
        let Some(index) = position(message, entry.number, hint) else { continue };
        hint = index;
        let field = &message.fields[index];
        if field.pointer || field.shape != Shape::Single {
            return Ok(false);
        }
        let zero = match field.ty {
            FieldType::Scalar(Scalar::Bytes) => false,
            FieldType::Scalar(_) => is_zero_scalar(entry.payload),
            FieldType::Message(message) => {
                is_zero_message(message, entry.payload.bytes(field.json)?)?
            }
        };
        if !zero {
            return Ok(false);
        }
    }
    Ok(true)
}

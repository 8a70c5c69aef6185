//! Random objects of every kind: all ways between bytes and trees agree.

use pintle_api::catalog;
use pintle_api::catalog::{Field, FieldType, Form, Message, Scalar, Shape};
use pintle_api::codec::transcode::{Header, protobuf_to_json};
use pintle_api::codec::{json, protobuf, yaml};
use serde_json::{Map, Value, json};

/// A generator of trees (splitmix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize]
    }

    fn text(&mut self) -> String {
        let parts =
            ["", "a", "Zz9", "<&>", "\"", "\\", "\n", "é", "\u{2028}", "😀", " ", "yes", "1"];
        (0..self.below(4)).map(|_| self.pick(&parts)).collect()
    }

    fn object(&mut self, message: &'static Message, depth: usize) -> Value {
        let mut fields = Map::new();
        self.fill(message, depth, &mut fields);
        Value::Object(fields)
    }

    fn fill(&mut self, message: &'static Message, depth: usize, fields: &mut Map<String, Value>) {
        for field in message.fields {
            match field.ty {
                FieldType::Message(_) if field.json.is_empty() && field.number == 0 => {}
                FieldType::Message(inlined) if field.json.is_empty() => {
                    self.fill(inlined, depth, fields);
                }
                _ if self.below(3) == 0 => {
                    fields.insert(field.json.to_owned(), self.field(field, depth));
                }
                _ => {}
            }
        }
    }

    fn field(&mut self, field: &'static Field, depth: usize) -> Value {
        let count = if depth > 5 { 0 } else { self.below(3) };
        match field.shape {
            Shape::Single => self.value(field.ty, depth),
            Shape::List => (0..count).map(|_| self.value(field.ty, depth)).collect(),
            Shape::Map => Value::Object(
                (0..count).map(|_| (self.text(), self.value(field.ty, depth))).collect(),
            ),
        }
    }

    fn value(&mut self, ty: FieldType, depth: usize) -> Value {
        match ty {
            FieldType::Scalar(Scalar::Bool) => (self.below(2) == 0).into(),
            FieldType::Scalar(Scalar::Int32) => (self.next() as i32 >> self.below(32)).into(),
            FieldType::Scalar(Scalar::Int64) => (self.next() as i64 >> self.below(64)).into(),
            FieldType::Scalar(Scalar::Uint32) => (self.next() as u32).into(),
            FieldType::Scalar(Scalar::Uint64) => self.next().into(),
            FieldType::Scalar(Scalar::Double) => (f64::from(self.next() as i32) / 8.0).into(),
            FieldType::Scalar(Scalar::String) => self.text().into(),
            FieldType::Scalar(Scalar::Bytes) => self.pick(&["", "aGk=", "AAEC"]).into(),
            FieldType::Message(message) => self.message(message, depth + 1),
        }
    }

    fn message(&mut self, message: &'static Message, depth: usize) -> Value {
        let schema = |random: &mut Self| {
            let schema = message.fields.iter().find_map(|field| match field.ty {
                FieldType::Message(schema) => Some(schema),
                FieldType::Scalar(_) => None,
            });
            if depth > 5 { json!({}) } else { random.object(schema.expect("it has one"), depth) }
        };
        match message.form {
            Form::Object if depth > 6 => json!({}),
            Form::Object => self.object(message, depth),
            Form::Quantity => self.pick(&["0", "1", "100m", "1.5Gi", "0.1", "12e6", "-3"]).into(),
            Form::Time => self.pick(&["2020-02-29T23:59:59Z", "1969-01-01T00:00:00Z"]).into(),
            Form::MicroTime => self.pick(&["2020-01-01T00:00:00.000001Z"]).into(),
            Form::Duration => self.pick(&["0s", "1h0m0s", "-1.5s"]).into(),
            Form::IntOrString if self.below(2) == 0 => (self.below(100) as i32 - 50).into(),
            Form::IntOrString => self.text().into(),
            Form::Raw => json!({"b": [1, null, "<"], "a": self.text()}),
            Form::FieldsV1 => json!({".": {}, "f:a": {"f:b": {}}, "k:{\"port\":9}": {}}),
            Form::SchemaOrBool if self.below(2) == 0 => true.into(),
            Form::SchemaOrArray if self.below(2) == 0 => json!([schema(self)]),
            Form::SchemaOrStringArray if self.below(2) == 0 => json!(["x", self.text()]),
            Form::SchemaOrBool | Form::SchemaOrArray | Form::SchemaOrStringArray => schema(self),
            Form::Items => json!(["x", self.text()]),
        }
    }
}

#[test]
fn all_ways_between_bytes_and_trees_agree() {
    for (seed, kind) in (0..).zip(catalog().kinds) {
        let mut random = Random(seed);
        for _ in 0..4 {
            let tree = random.object(kind.message, 0);
            check(kind.message, &tree, &format!("{} {} seed {seed}", kind.version, kind.kind));
        }
    }
}

fn check(message: &'static Message, tree: &Value, name: &str) {
    let (tree, strict) = json::retype(message, tree, true).expect(name);
    assert!(strict.is_empty(), "{name}: {strict:?}");
    let raw = protobuf::encode(message, &tree);
    // What protobuf cannot hold (empty lists, maps and bytes) is lost once and for all.
    let stored = protobuf::decode(message, &raw).expect(name);
    assert_eq!(protobuf::encode(message, &stored), raw, "{name}");
    let mut by_tree = Vec::new();
    json::encode(message, &stored, &mut by_tree);
    let mut without_tree = Vec::new();
    protobuf_to_json(message, &raw, Header::default(), &mut without_tree).expect(name);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(text(&without_tree), text(&by_tree), "{name}");
    let (again, _) = json::decode(message, &by_tree, true).expect(name);
    assert_eq!(again, stored, "{name}");
    let (from_yaml, _) = yaml::to_json(&yaml::encode(message, &stored)).expect(name);
    let (from_yaml, _) = json::decode(message, &from_yaml, true).expect(name);
    assert_eq!(from_yaml, stored, "{name}");
}

use pintle_machinery::Value;
use serde_json::json;

use super::*;
use crate::catalog::{Declared, Field, FieldType, Form, Message, Omit, Scalar, Shape};
use crate::codec::{MAX_DEPTH, protobuf, release};

const STRING: FieldType = FieldType::Scalar(Scalar::String);

/// The fields of these messages stand in the order of their numbers.
static ORDER: [u16; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

const fn field(json: &'static str, number: u32, ty: FieldType) -> Field {
    Field {
        json,
        number,
        ty,
        shape: Shape::Single,
        pointer: false,
        omit: Omit::Empty,
        optional: true,
        declared: &Declared::NOTHING,
    }
}

const fn object(name: &'static str, fields: &'static [Field]) -> Message {
    let by_number = ORDER.split_at(fields.len()).0;
    let first = if fields[0].number == 0 { 1 } else { 0 };
    let by_number = by_number.split_at(first).1;
    Message { name, form: Form::Object, fields, by_number, atomic: false }
}

const fn special(name: &'static str, form: Form) -> Message {
    Message { name, form, fields: &[], by_number: &[], atomic: false }
}

static TYPE_META: Message = Message {
    fields: &[field("kind", 0, STRING), field("apiVersion", 0, STRING)],
    ..special("io.k8s.apimachinery.pkg.apis.meta.v1.TypeMeta", Form::Object)
};
static TIME: Message = special("io.k8s.apimachinery.pkg.apis.meta.v1.Time", Form::Time);
static QUANTITY: Message = special("io.k8s.apimachinery.pkg.api.resource.Quantity", Form::Quantity);
static PORT: Message =
    special("io.k8s.apimachinery.pkg.util.intstr.IntOrString", Form::IntOrString);
static RAW: Message = special("io.k8s.apimachinery.pkg.runtime.RawExtension", Form::Raw);
static FIELDS_V1: Message =
    special("io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", Form::FieldsV1);
static SOURCE: Message = object(
    "io.k8s.api.core.v1.ThingSource",
    &[Field { pointer: true, ..field("path", 1, STRING) }],
);
static SPEC: Message = object(
    "io.k8s.api.core.v1.ThingSpec",
    &[
        Field { pointer: true, ..field("replicas", 1, FieldType::Scalar(Scalar::Int32)) },
        Field { omit: Omit::Never, ..field("names", 2, STRING) }.list(),
        field("limits", 3, FieldType::Message(&QUANTITY)).map(),
        Field { omit: Omit::Never, ..field("port", 4, FieldType::Message(&PORT)) },
        field("data", 5, FieldType::Scalar(Scalar::Bytes)),
        field("", 6, FieldType::Message(&SOURCE)),
        Field { pointer: true, ..field("raw", 7, FieldType::Message(&RAW)) },
        Field { pointer: true, ..field("fieldsV1", 8, FieldType::Message(&FIELDS_V1)) },
        Field { pointer: true, ..field("child", 9, FieldType::Message(&SPEC)) },
        field("children", 10, FieldType::Message(&SPEC)).list(),
        field("weight", 11, FieldType::Scalar(Scalar::Double)),
    ],
);
static META: Message = object(
    "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
    &[
        field("name", 1, STRING),
        Field { omit: Omit::Zero, ..field("creationTimestamp", 8, FieldType::Message(&TIME)) },
        field("labels", 11, STRING).map(),
    ],
);
static THING: Message = object(
    "io.k8s.api.core.v1.Thing",
    &[
        field("", 0, FieldType::Message(&TYPE_META)),
        field("metadata", 1, FieldType::Message(&META)),
        field("spec", 2, FieldType::Message(&SPEC)),
        Field { omit: Omit::Zero, ..field("status", 3, FieldType::Message(&SOURCE)) },
    ],
);

impl Field {
    const fn list(self) -> Self {
        Field { shape: Shape::List, ..self }
    }

    const fn map(self) -> Self {
        Field { shape: Shape::Map, ..self }
    }
}

#[track_caller]
fn check(input: &str, output: &str) {
    let (tree, _) = decode(&THING, input.as_bytes(), false).unwrap();
    let mut json = Vec::new();
    encode(&THING, &tree, &mut json);
    assert_eq!(String::from_utf8(json).unwrap(), output);
}

#[track_caller]
fn check_error(input: &str, message: &str) {
    let error = decode(&THING, input.as_bytes(), false).unwrap_err();
    assert_eq!(error.to_string(), message);
}

#[track_caller]
fn check_strict(input: &str, errors: &[&str]) {
    let (_, found) = decode(&THING, input.as_bytes(), true).unwrap();
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, errors);
}

#[test]
fn prints_in_struct_order_what_go_would() {
    check("{}", r#"{"metadata":{},"spec":{"names":null,"port":0}}"#);
    check(
        r#"{"spec":{"names":[],"replicas":0,"limits":{},"port":"http","path":"x","data":"aGk="},
            "metadata":{"labels":{"b":"2","a":"<"},"name":"n"},"apiVersion":"v1","kind":"Thing"}"#,
        concat!(
            r#"{"kind":"Thing","apiVersion":"v1","metadata":{"name":"n","#,
            r#""labels":{"a":"\u003c","b":"2"}},"#,
            r#""spec":{"replicas":0,"names":[],"port":"http","data":"aGk=","path":"x"}}"#
        ),
    );
}

#[test]
fn nulls_are_absence_or_nothing() {
    check(
        r#"{"metadata":null,"spec":{"replicas":null,"names":[null],"limits":{"a":null}},"x":1}"#,
        r#"{"metadata":{},"spec":{"names":[""],"limits":{"a":"0"},"port":0}}"#,
    );
}

#[test]
fn omitzero_keeps_structs_that_hold_anything() {
    check(r#"{"status":{}}"#, r#"{"metadata":{},"spec":{"names":null,"port":0}}"#);
    check(
        r#"{"status":{"path":""}}"#,
        r#"{"metadata":{},"spec":{"names":null,"port":0},"status":{"path":""}}"#,
    );
}

#[test]
fn duplicate_structs_merge_and_scalars_are_replaced() {
    check(
        r#"{"spec":{"names":["a"],"port":1},"spec":{"port":2},"metadata":{},"metadata":null}"#,
        r#"{"metadata":{},"spec":{"names":["a"],"port":2}}"#,
    );
}

#[test]
fn special_types_are_canonical() {
    check(
        concat!(
            r#"{"metadata":{"creationTimestamp":"2020-01-01T01:00:00.5+01:00"},"#,
            r#""spec":{"limits":{"cpu":0.1,"m":" 1024Mi "},"raw":{"b":[1.5,-0,1e2],"a":null},"#,
            r#""weight":1.0}}"#
        ),
        concat!(
            r#"{"metadata":{"creationTimestamp":"2020-01-01T00:00:00Z"},"#,
            r#""spec":{"names":null,"limits":{"cpu":"100m","m":"1Gi"},"port":0,"#,
            r#""raw":{"a":null,"b":[1.5,0,100]},"weight":1}}"#
        ),
    );
}

#[test]
fn field_sets_are_in_the_order_of_their_elements() {
    let set = concat!(
        r#"{".":{},"f:a":{},"k:{\"port\":80}":{".":{}},"k:{\"port\":443}":{},"#,
        r#""v:\"x\"":{},"i:2":{},"i:10":{}}"#
    );
    let wanted =
        format!(r#"{{"metadata":{{}},"spec":{{"names":null,"port":0,"fieldsV1":{set}}}}}"#);
    check(&wanted, &wanted);
}

#[test]
fn says_what_go_says() {
    check_error("[]", "json: cannot unmarshal array into Go value of type v1.Thing");
    check_error(
        r#"{"spec":{"replicas":"1"}}"#,
        "json: cannot unmarshal string into Go struct field ThingSpec.spec.replicas of type int32",
    );
    check_error(
        r#"{"spec":{"children":[{"replicas":1.5}],"replicas":true}}"#,
        "json: cannot unmarshal number 1.5 into Go struct field \
         ThingSpec.spec.children.replicas of type int32",
    );
    check_error(
        r#"{"spec":{"names":{}}}"#,
        "json: cannot unmarshal object into Go struct field ThingSpec.spec.names of type []string",
    );
    check_error(
        r#"{"kind":5}"#,
        "json: cannot unmarshal number into Go struct field Thing.TypeMeta.kind of type string",
    );
    check_error(
        r#"{"spec":{"port":1.5}}"#,
        "json: cannot unmarshal number 1.5 into Go struct field ThingSpec.spec.port of type int32",
    );
    check_error(
        r#"{"metadata":{"creationTimestamp":1}}"#,
        "json: cannot unmarshal number into Go struct field \
         ObjectMeta.metadata.creationTimestamp of type string",
    );
    check_error(r#"{"spec":{"data":"a"}}"#, "illegal base64 data at input byte 0");
    check_error(
        r#"{"spec":{"limits":{"a":"x"}}}"#,
        "quantities must match the regular expression \
         '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
    check_error(r#"{"spec":{"replicas":"1"},"#, "unexpected end of JSON input");
}

#[test]
fn strict_decoding_reports_unknown_and_duplicate_fields() {
    check_strict(
        r#"{"spec":{"foo":1,"foo":2,"children":[{},{"Port":1}],"limits":{"a":1,"a":2}},"spec":{}}"#,
        &[
            r#"unknown field "spec.foo""#,
            r#"unknown field "spec.children[1].Port""#,
            r#"duplicate field "spec.limits.a""#,
            r#"duplicate field "spec""#,
        ],
    );
}

#[test]
fn parses_any_json_and_reports_duplicates() {
    let (tree, found) = parse_any_strict(br#"{"a":[{"b":1,"b":2.0}],"c":"\u00e9"}"#, true).unwrap();
    assert_eq!(tree, json!({"a": [{"b": 2.0}], "c": "é"}));
    assert_eq!(found[0].to_string(), r#"duplicate field "a[0].b""#);
    let error = parse_any(b"[1e400]").unwrap_err().to_string();
    assert_eq!(error, "json: cannot unmarshal number 1e400 into Go value of type float64");
}

#[test]
fn interprets_ignoring_case() {
    let (found, _) = interpret(br#"{"APIVERSION":"v1","kind":"Pod","x":{}}"#).unwrap();
    assert_eq!((found.api_version.as_str(), found.kind.as_str()), ("v1", "Pod"));
    assert_eq!(
        interpret(br#"{"kind":1}"#).unwrap_err().to_string(),
        "couldn't get version/kind; json parse error: json: cannot unmarshal number into Go \
         struct field .kind of type string"
    );
}

#[test]
fn deepest_trees_do_not_overflow() {
    let levels = MAX_DEPTH - 2;
    let json = format!(
        "{{\"spec\":{}{}}}",
        "{\"child\":".repeat(levels),
        "{}".to_owned() + &"}".repeat(levels)
    );
    let run = move || {
        let (tree, _) = decode(&THING, json.as_bytes(), true).unwrap();
        let bytes = protobuf::encode(&THING, &tree);
        let again = protobuf::decode(&THING, &bytes).unwrap();
        let mut out = Vec::new();
        encode(&THING, &again, &mut out);
        assert!(out.len() > json.len());
        release(tree);
        release(again);
    };
    std::thread::Builder::new().stack_size(64 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn trees_round_trip_through_protobuf() {
    let json = concat!(
        r#"{"metadata":{"name":"n","creationTimestamp":"2020-01-01T00:00:00Z","labels":{"a":"b"}},"#,
        r#""spec":{"replicas":-1,"names":["a",""],"limits":{"cpu":"100m"},"port":-5,"data":"aGk=","#,
        r#""path":"","raw":{"x":[1]},"fieldsV1":{"f:a":{}},"child":{"names":null,"port":"p"},"#,
        r#""children":[{"names":null,"port":0}],"weight":2.5}}"#
    );
    let (tree, _) = decode(&THING, json.as_bytes(), true).unwrap();
    let bytes = protobuf::encode(&THING, &tree);
    assert_eq!(protobuf::decode(&THING, &bytes).unwrap(), tree);
    let spec = b"\x12\x01a\x12\x00\x1a\x0d\x0a\x03cpu\x12\x06\x0a\x04100m";
    assert!(bytes.windows(spec.len()).any(|window| window == spec));
}

#[test]
fn encoders_fill_in_what_a_tree_lacks() {
    let mut out = Vec::new();
    encode(&THING, &Value::Null, &mut out);
    assert_eq!(out, br#"{"metadata":{},"spec":{"names":null,"port":0}}"#);
    let zero = decode(&THING, b"{}", false).unwrap().0;
    assert_eq!(protobuf::encode(&THING, &zero), protobuf::encode(&THING, &Value::Null));
}

//! Field numbers of what the document of OpenAPI v2 can hold (gnostic-models `OpenAPIv2.proto`).

use pintle_machinery::Value;

use super::*;

/// The whole document.
pub(in crate::openapi) static DOCUMENT: Message = Message(&[
    text("swagger", 1),
    of("info", 2, Kind::One(&INFO)),
    text("host", 3),
    text("basePath", 4),
    texts("schemes", 5),
    texts("consumes", 6),
    texts("produces", 7),
    of("paths", 8, Kind::One(&PATHS)),
    of("definitions", 9, Kind::One(&SCHEMAS)),
    of("parameters", 10, Kind::One(&PARAMETERS)),
    of("responses", 11, Kind::One(&NAMED_RESPONSES)),
    of("security", 12, Kind::Many(&Kind::One(&SECURITY))),
    of("securityDefinitions", 13, Kind::One(&SECURITY_DEFINITIONS)),
    of("tags", 14, Kind::Many(&Kind::One(&TAG))),
    of("externalDocs", 15, Kind::One(&EXTERNAL_DOCS)),
    extensions(16),
]);

static INFO: Message = Message(&[
    text("title", 1),
    text("version", 2),
    text("description", 3),
    text("termsOfService", 4),
    of("contact", 5, Kind::One(&CONTACT)),
    of("license", 6, Kind::One(&LICENSE)),
    extensions(7),
]);

static CONTACT: Message =
    Message(&[text("name", 1), text("url", 2), text("email", 3), extensions(4)]);

static LICENSE: Message = Message(&[text("name", 1), text("url", 2), extensions(3)]);

static TAG: Message = Message(&[
    text("name", 1),
    text("description", 2),
    of("externalDocs", 3, Kind::One(&EXTERNAL_DOCS)),
    extensions(4),
]);

static EXTERNAL_DOCS: Message = Message(&[text("description", 1), text("url", 2), extensions(3)]);

static SECURITY: Message = Message(&[members(Kind::Holder(&Kind::Text))]);

static SECURITY_DEFINITIONS: Message = Message(&[members(SECURITY_DEFINITION)]);

const SECURITY_DEFINITION: Kind = Kind::Choice(|value| match value["type"].as_str()? {
    "basic" => Some((1, Kind::One(&BASIC_AUTHENTICATION))),
    "apiKey" => Some((2, Kind::One(&API_KEY))),
    _ => None,
});

static BASIC_AUTHENTICATION: Message =
    Message(&[text("type", 1), text("description", 2), extensions(3)]);

static API_KEY: Message = Message(&[
    text("type", 1),
    text("name", 2),
    text("in", 3),
    text("description", 4),
    extensions(5),
]);

static PATHS: Message =
    Message(&[extensions(1), Field(Key::Prefix("/"), 2, Kind::One(&PATH_ITEM))]);

static PATH_ITEM: Message = Message(&[
    text("$ref", 1),
    of("get", 2, Kind::One(&OPERATION)),
    of("put", 3, Kind::One(&OPERATION)),
    of("post", 4, Kind::One(&OPERATION)),
    of("delete", 5, Kind::One(&OPERATION)),
    of("options", 6, Kind::One(&OPERATION)),
    of("head", 7, Kind::One(&OPERATION)),
    of("patch", 8, Kind::One(&OPERATION)),
    of("parameters", 9, Kind::Many(&PARAMETER_OR_REFERENCE)),
    extensions(10),
]);

static OPERATION: Message = Message(&[
    texts("tags", 1),
    text("summary", 2),
    text("description", 3),
    of("externalDocs", 4, Kind::One(&EXTERNAL_DOCS)),
    text("operationId", 5),
    texts("produces", 6),
    texts("consumes", 7),
    of("parameters", 8, Kind::Many(&PARAMETER_OR_REFERENCE)),
    of("responses", 9, Kind::One(&RESPONSES)),
    texts("schemes", 10),
    flag("deprecated", 11),
    of("security", 12, Kind::Many(&Kind::One(&SECURITY))),
    extensions(13),
]);

static REFERENCE: Message = Message(&[text("$ref", 1), text("description", 2)]);

/// What is given in field 1, or a reference in field 2.
fn or_reference(value: &Value, kind: Kind) -> Option<(u32, Kind)> {
    let is_reference = value.get("$ref").is_some();
    Some(if is_reference { (2, Kind::One(&REFERENCE)) } else { (1, kind) })
}

const PARAMETER_OR_REFERENCE: Kind = Kind::Choice(|value| or_reference(value, PARAMETER));
const RESPONSE_OR_REFERENCE: Kind = Kind::Choice(|value| or_reference(value, RESPONSE));

static PARAMETERS: Message = Message(&[members(PARAMETER)]);

const PARAMETER: Kind = Kind::Choice(|value| {
    Some(if value["in"] == "body" { (1, Kind::One(&BODY)) } else { (2, NON_BODY) })
});

const NON_BODY: Kind = Kind::Choice(|value| match value["in"].as_str()? {
    "header" => Some((1, Kind::One(&PATH_PARAMETER))),
    "query" => Some((3, Kind::One(&QUERY_PARAMETER))),
    "path" => Some((4, Kind::One(&PATH_PARAMETER))),
    _ => None,
});

static BODY: Message = Message(&[
    text("description", 1),
    text("name", 2),
    text("in", 3),
    flag("required", 4),
    of("schema", 5, Kind::One(&SCHEMA)),
    extensions(6),
]);

static QUERY_PARAMETER: Message = Message(&[
    flag("required", 1),
    text("in", 2),
    text("description", 3),
    text("name", 4),
    flag("allowEmptyValue", 5),
    text("type", 6),
    text("format", 7),
    text("collectionFormat", 9),
    any("default", 10),
    number("maximum", 11),
    flag("exclusiveMaximum", 12),
    number("minimum", 13),
    flag("exclusiveMinimum", 14),
    integer("maxLength", 15),
    integer("minLength", 16),
    text("pattern", 17),
    integer("maxItems", 18),
    integer("minItems", 19),
    flag("uniqueItems", 20),
    anys("enum", 21),
    number("multipleOf", 22),
    extensions(23),
]);

/// Parameters in paths and in headers.
static PATH_PARAMETER: Message = Message(&[
    flag("required", 1),
    text("in", 2),
    text("description", 3),
    text("name", 4),
    text("type", 5),
    text("format", 6),
    text("collectionFormat", 8),
    any("default", 9),
    number("maximum", 10),
    flag("exclusiveMaximum", 11),
    number("minimum", 12),
    flag("exclusiveMinimum", 13),
    integer("maxLength", 14),
    integer("minLength", 15),
    text("pattern", 16),
    integer("maxItems", 17),
    integer("minItems", 18),
    flag("uniqueItems", 19),
    anys("enum", 20),
    number("multipleOf", 21),
    extensions(22),
]);

static RESPONSES: Message = Message(&[Field(Key::Rest, 1, RESPONSE_OR_REFERENCE), extensions(2)]);

static NAMED_RESPONSES: Message = Message(&[members(RESPONSE)]);

const RESPONSE: Kind = Kind::One(&RESPONSE_BODY);

static RESPONSE_BODY: Message = Message(&[
    text("description", 1),
    of("schema", 2, Kind::Choice(|_| Some((1, Kind::One(&SCHEMA))))),
    extensions(5),
]);

static SCHEMAS: Message = Message(&[members(Kind::One(&SCHEMA))]);

static SCHEMA: Message = Message(&[
    text("$ref", 1),
    text("format", 2),
    text("title", 3),
    text("description", 4),
    any("default", 5),
    number("multipleOf", 6),
    number("maximum", 7),
    flag("exclusiveMaximum", 8),
    number("minimum", 9),
    flag("exclusiveMinimum", 10),
    integer("maxLength", 11),
    integer("minLength", 12),
    text("pattern", 13),
    integer("maxItems", 14),
    integer("minItems", 15),
    flag("uniqueItems", 16),
    integer("maxProperties", 17),
    integer("minProperties", 18),
    texts("required", 19),
    anys("enum", 20),
    of("additionalProperties", 21, ADDITIONAL),
    of("type", 22, Kind::Holder(&Kind::Text)),
    of("items", 23, Kind::Holder(&Kind::One(&SCHEMA))),
    of("allOf", 24, Kind::Many(&Kind::One(&SCHEMA))),
    of("properties", 25, Kind::One(&SCHEMAS)),
    text("discriminator", 26),
    flag("readOnly", 27),
    of("externalDocs", 29, Kind::One(&EXTERNAL_DOCS)),
    any("example", 30),
    extensions(31),
]);

const ADDITIONAL: Kind = Kind::Choice(|value| match value {
    Value::Bool(_) => Some((2, Kind::Flag)),
    _ => Some((1, Kind::One(&SCHEMA))),
});

//! Field numbers of what a document of OpenAPI v3 can hold (gnostic-models `OpenAPIv3.proto`).

use pintle_machinery::Value;

use super::*;

/// A whole document.
pub(in crate::openapi) static DOCUMENT: Message = Message(&[
    text("openapi", 1),
    of("info", 2, Kind::One(&INFO)),
    of("servers", 3, Kind::Many(&Kind::One(&SERVER))),
    of("paths", 4, Kind::One(&PATHS)),
    of("components", 5, Kind::One(&COMPONENTS)),
    of("security", 6, Kind::Many(&Kind::One(&SECURITY))),
    of("tags", 7, Kind::Many(&Kind::One(&TAG))),
    of("externalDocs", 8, Kind::One(&EXTERNAL_DOCS)),
    extensions(9),
]);

static INFO: Message = Message(&[
    text("title", 1),
    text("description", 2),
    text("termsOfService", 3),
    of("contact", 4, Kind::One(&CONTACT)),
    of("license", 5, Kind::One(&LICENSE)),
    text("version", 6),
    extensions(7),
    text("summary", 8),
]);

static CONTACT: Message =
    Message(&[text("name", 1), text("url", 2), text("email", 3), extensions(4)]);

static LICENSE: Message = Message(&[text("name", 1), text("url", 2), extensions(3)]);

static SERVER: Message = Message(&[
    text("url", 1),
    text("description", 2),
    of("variables", 3, Kind::One(&SERVER_VARIABLES)),
    extensions(4),
]);

static SERVER_VARIABLES: Message = Message(&[members(Kind::One(&SERVER_VARIABLE))]);

static SERVER_VARIABLE: Message =
    Message(&[texts("enum", 1), text("default", 2), text("description", 3), extensions(4)]);

static SECURITY: Message = Message(&[members(Kind::Holder(&Kind::Text))]);

static TAG: Message = Message(&[
    text("name", 1),
    text("description", 2),
    of("externalDocs", 3, Kind::One(&EXTERNAL_DOCS)),
    extensions(4),
]);

static EXTERNAL_DOCS: Message = Message(&[text("description", 1), text("url", 2), extensions(3)]);

static PATHS: Message =
    Message(&[Field(Key::Prefix("/"), 1, Kind::One(&PATH_ITEM)), extensions(2)]);

static PATH_ITEM: Message = Message(&[
    text("$ref", 1),
    text("summary", 2),
    text("description", 3),
    of("get", 4, Kind::One(&OPERATION)),
    of("put", 5, Kind::One(&OPERATION)),
    of("post", 6, Kind::One(&OPERATION)),
    of("delete", 7, Kind::One(&OPERATION)),
    of("options", 8, Kind::One(&OPERATION)),
    of("head", 9, Kind::One(&OPERATION)),
    of("patch", 10, Kind::One(&OPERATION)),
    of("trace", 11, Kind::One(&OPERATION)),
    of("servers", 12, Kind::Many(&Kind::One(&SERVER))),
    of("parameters", 13, Kind::Many(&PARAMETER_OR_REFERENCE)),
    extensions(14),
]);

static OPERATION: Message = Message(&[
    texts("tags", 1),
    text("summary", 2),
    text("description", 3),
    of("externalDocs", 4, Kind::One(&EXTERNAL_DOCS)),
    text("operationId", 5),
    of("parameters", 6, Kind::Many(&PARAMETER_OR_REFERENCE)),
    of("requestBody", 7, BODY_OR_REFERENCE),
    of("responses", 8, Kind::One(&RESPONSES)),
    flag("deprecated", 10),
    of("security", 11, Kind::Many(&Kind::One(&SECURITY))),
    of("servers", 12, Kind::Many(&Kind::One(&SERVER))),
    extensions(13),
]);

static REFERENCE: Message = Message(&[text("$ref", 1), text("summary", 2), text("description", 3)]);

/// The structure in field 1, or a reference in field 2.
fn or_reference(value: &Value, message: &'static Message) -> Option<(u32, Kind)> {
    let is_reference = value.get("$ref").is_some();
    Some(if is_reference { (2, Kind::One(&REFERENCE)) } else { (1, Kind::One(message)) })
}

const PARAMETER_OR_REFERENCE: Kind = Kind::Choice(|value| or_reference(value, &PARAMETER));
const BODY_OR_REFERENCE: Kind = Kind::Choice(|value| or_reference(value, &REQUEST_BODY));
const RESPONSE_OR_REFERENCE: Kind = Kind::Choice(|value| or_reference(value, &RESPONSE));
const SCHEMA_OR_REFERENCE: Kind = Kind::Choice(|value| or_reference(value, &SCHEMA));
const HEADER_OR_REFERENCE: Kind = Kind::Choice(|value| or_reference(value, &HEADER));
const SCHEME_OR_REFERENCE: Kind = Kind::Choice(|value| or_reference(value, &SECURITY_SCHEME));

static PARAMETER: Message = Message(&[
    text("name", 1),
    text("in", 2),
    text("description", 3),
    flag("required", 4),
    flag("deprecated", 5),
    flag("allowEmptyValue", 6),
    text("style", 7),
    flag("explode", 8),
    flag("allowReserved", 9),
    of("schema", 10, SCHEMA_OR_REFERENCE),
    any("example", 11),
    of("content", 13, Kind::One(&MEDIA_TYPES)),
    extensions(14),
]);

static HEADER: Message = Message(&[
    text("description", 1),
    flag("required", 2),
    flag("deprecated", 3),
    flag("allowEmptyValue", 4),
    text("style", 5),
    flag("explode", 6),
    flag("allowReserved", 7),
    of("schema", 8, SCHEMA_OR_REFERENCE),
    any("example", 9),
    of("content", 11, Kind::One(&MEDIA_TYPES)),
    extensions(12),
]);

static REQUEST_BODY: Message = Message(&[
    text("description", 1),
    of("content", 2, Kind::One(&MEDIA_TYPES)),
    flag("required", 3),
    extensions(4),
]);

static RESPONSES: Message = Message(&[
    of("default", 1, RESPONSE_OR_REFERENCE),
    Field(Key::Rest, 2, RESPONSE_OR_REFERENCE),
    extensions(3),
]);

static RESPONSE: Message = Message(&[
    text("description", 1),
    of("headers", 2, Kind::One(&HEADERS)),
    of("content", 3, Kind::One(&MEDIA_TYPES)),
    extensions(5),
]);

static HEADERS: Message = Message(&[members(HEADER_OR_REFERENCE)]);

static MEDIA_TYPES: Message = Message(&[members(Kind::One(&MEDIA_TYPE))]);

static MEDIA_TYPE: Message =
    Message(&[of("schema", 1, SCHEMA_OR_REFERENCE), any("example", 2), extensions(5)]);

pub(super) static COMPONENTS: Message = Message(&[
    of("schemas", 1, Kind::One(&SCHEMAS)),
    of("responses", 2, Kind::One(&NAMED_RESPONSES)),
    of("parameters", 3, Kind::One(&NAMED_PARAMETERS)),
    of("requestBodies", 5, Kind::One(&NAMED_BODIES)),
    of("headers", 6, Kind::One(&HEADERS)),
    of("securitySchemes", 7, Kind::One(&SECURITY_SCHEMES)),
    extensions(10),
]);

static SCHEMAS: Message = Message(&[members(SCHEMA_OR_REFERENCE)]);

static NAMED_RESPONSES: Message = Message(&[members(RESPONSE_OR_REFERENCE)]);

static NAMED_PARAMETERS: Message = Message(&[members(PARAMETER_OR_REFERENCE)]);

static NAMED_BODIES: Message = Message(&[members(BODY_OR_REFERENCE)]);

static SECURITY_SCHEMES: Message = Message(&[members(SCHEME_OR_REFERENCE)]);

static SECURITY_SCHEME: Message = Message(&[
    text("type", 1),
    text("description", 2),
    text("name", 3),
    text("in", 4),
    text("scheme", 5),
    text("bearerFormat", 6),
    text("openIdConnectUrl", 8),
    extensions(9),
]);

static SCHEMA: Message = Message(&[
    flag("nullable", 1),
    flag("readOnly", 3),
    flag("writeOnly", 4),
    of("externalDocs", 6, Kind::One(&EXTERNAL_DOCS)),
    any("example", 7),
    flag("deprecated", 8),
    text("title", 9),
    number("multipleOf", 10),
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
    integer("maxProperties", 21),
    integer("minProperties", 22),
    texts("required", 23),
    anys("enum", 24),
    text("type", 25),
    of("allOf", 26, Kind::Many(&SCHEMA_OR_REFERENCE)),
    of("oneOf", 27, Kind::Many(&SCHEMA_OR_REFERENCE)),
    of("anyOf", 28, Kind::Many(&SCHEMA_OR_REFERENCE)),
    of("not", 29, Kind::One(&SCHEMA)),
    of("items", 30, Kind::Holder(&SCHEMA_OR_REFERENCE)),
    of("properties", 31, Kind::One(&SCHEMAS)),
    of("additionalProperties", 32, ADDITIONAL),
    of("default", 33, DEFAULT),
    text("description", 34),
    text("format", 35),
    extensions(36),
]);

const ADDITIONAL: Kind = Kind::Choice(|value| match value {
    Value::Bool(_) => Some((2, Kind::Flag)),
    _ => Some((1, SCHEMA_OR_REFERENCE)),
});

/// A default is a scalar; of anything else it is only said that there is one.
const DEFAULT: Kind = Kind::Choice(|value| match value {
    Value::Number(_) => Some((1, Kind::Number)),
    Value::Bool(_) => Some((2, Kind::Flag)),
    Value::String(_) => Some((3, Kind::Text)),
    _ => None,
});

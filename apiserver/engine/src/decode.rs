//! Request bodies to canonical trees, in upstream's words when they are wrong.

use pintle_api::catalog::Message;
use pintle_api::codec::{json, protobuf, yaml};
use pintle_api::{Kind, catalog};
use pintle_machinery::Value;
use pintle_machinery::json::quote;
use pintle_machinery::status::Status;

use crate::defaults::{Defaulter, SCHEMA_ONLY};
use crate::meta;
use crate::negotiate::Encoding;
use crate::options::FieldValidation;

/// Where upstream's scheme says it stands when a kind is not registered.
const SCHEME: &str = "pkg/runtime/scheme.go:111";

/// A body's object and what is to be said about it.
#[derive(Debug)]
pub struct Decoded {
    /// The object, with defaults, in the version of `kind`.
    pub object: Value,
    /// Unknown and duplicate fields, when they are warned of.
    pub warnings: Vec<String>,
    /// What the body says it is.
    pub kind: (String, String, String),
}

/// The kind that an endpoint takes, and the structure of its bodies.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// API group.
    pub group: &'static str,
    /// API version.
    pub version: &'static str,
    /// Kind.
    pub kind: &'static str,
    /// Structure.
    pub message: &'static Message,
    /// Fills in what a body leaves out.
    pub defaulter: &'static Defaulter,
}

impl Target {
    /// `group/version`.
    pub fn api_version(&self) -> String {
        meta::api_version(self.group, self.version)
    }
}

impl From<&'static Kind> for Target {
    fn from(kind: &'static Kind) -> Self {
        Self {
            group: kind.group,
            version: kind.version,
            kind: kind.kind,
            message: kind.message,
            defaulter: &SCHEMA_ONLY,
        }
    }
}

/// Decodes a body for create or update (`handlers.createHandler`, `UpdateResource`).
pub fn body(
    target: &Target,
    bytes: &[u8],
    encoding: Encoding,
    validation: FieldValidation,
) -> Result<Decoded, Status> {
    let mut decoded = typed(target, bytes, encoding, validation)?;
    let (group, version, _) = &decoded.kind;
    if (group.as_str(), version.as_str()) != (target.group, target.version) {
        return Err(Status::bad_request(format!(
            "the API version in the data ({}) does not match the expected API version ({})",
            meta::api_version(group, version),
            target.api_version()
        )));
    }
    target.defaulter.apply(target.message, &mut decoded.object);
    Ok(decoded)
}

/// A body whose type is known.
enum Source<'a> {
    Protobuf(&'a [u8]),
    Json(json::Checked<'a>),
}

fn typed(
    target: &Target,
    bytes: &[u8],
    encoding: Encoding,
    validation: FieldValidation,
) -> Result<Decoded, Status> {
    let strict = validation != FieldValidation::Ignore;
    let unrecognized = |problem: &dyn std::fmt::Display| {
        Status::bad_request(format!(
            "the object provided is unrecognized (must be of type {}): {problem} ({})",
            target.kind,
            summarize(bytes)
        ))
    };
    let mut problems: Vec<String> = Vec::new();
    let mut text = std::borrow::Cow::Borrowed(bytes);
    if encoding == Encoding::Yaml {
        let (converted, found) = yaml::to_json(bytes).map_err(|error| unrecognized(&error))?;
        problems.extend(found.filter(|_| strict));
        text = std::borrow::Cow::Owned(converted);
    }
    let (source, api_version, kind) = if encoding == Encoding::Protobuf {
        let envelope = protobuf::Envelope::read(bytes).map_err(|error| unrecognized(&error))?;
        (Source::Protobuf(envelope.raw), envelope.api_version, envelope.kind)
    } else {
        let found = json::interpret(&text).map_err(|error| unrecognized(&error))?;
        let (interpreted, document) = found;
        (Source::Json(document), interpreted.api_version.into(), interpreted.kind.into())
    };
    let actual = complete(target, &api_version, &kind);
    let refused = |problem: &dyn std::fmt::Display| {
        Status::bad_request(format!(
            "{} in version {} cannot be handled as a {}: {problem}",
            actual.2,
            quote(&actual.1),
            target.kind
        ))
    };
    let message = message_of(target, &actual).map_err(|problem| refused(&problem))?;
    let mut object = match source {
        Source::Protobuf(raw) => protobuf::decode(message, raw).map_err(|error| refused(&error))?,
        Source::Json(document) => {
            let (object, found) =
                document.decode(message, strict).map_err(|error| refused(&error))?;
            problems.extend(found.iter().map(ToString::to_string));
            object
        }
    };
    if !problems.is_empty() && validation == FieldValidation::Strict {
        return Err(refused(&strict_error(&problems)));
    }
    if actual.2 != target.kind {
        return Err(refused(&unknown_conversion(&actual, target)));
    }
    meta::set_type(&mut object, &actual.0, &actual.1, &actual.2);
    Ok(Decoded { object, warnings: split_warnings(problems), kind: actual })
}

/// The text of all strict errors together (`runtime.NewStrictDecodingError`).
pub fn strict_error(problems: &[String]) -> String {
    format!("strict decoding error: {}", problems.join(", "))
}

/// Warnings for strict errors: those of YAML one by one (`handlers.parseYAMLWarnings`).
pub fn split_warnings(problems: Vec<String>) -> Vec<String> {
    let mut out = Vec::new();
    for problem in problems {
        let short = problem.strip_prefix("yaml: unmarshal errors:\n");
        let long = problem.strip_prefix("error converting YAML to JSON: yaml: unmarshal errors:\n");
        match short.or(long) {
            Some(lines) => out.extend(lines.split('\n').map(|line| line.trim().to_owned())),
            None => out.push(problem),
        }
    }
    out
}

/// Fills in what a body does not say about its type (`serializer/json.gvkWithDefaults`).
fn complete(target: &Target, api_version: &str, kind: &str) -> (String, String, String) {
    let kind = if kind.is_empty() { target.kind } else { kind };
    let (group, version) = match meta::split_api_version(api_version) {
        ("", "") => (target.group, target.version),
        (group, "") if group == target.group => (group, target.version),
        found => found,
    };
    (group.to_owned(), version.to_owned(), kind.to_owned())
}

/// Refuses a tree of another kind than the endpoint's, as decoding it would.
pub fn check_kind(target: &Target, tree: &Value) -> Result<(), String> {
    let text = |field: &str| tree[field].as_str().unwrap_or_default();
    let actual = complete(target, text("apiVersion"), text("kind"));
    message_of(target, &actual)?;
    if actual.2 == target.kind { Ok(()) } else { Err(unknown_conversion(&actual, target)) }
}

fn message_of(
    target: &Target,
    actual: &(String, String, String),
) -> Result<&'static Message, String> {
    let (group, version, kind) = actual;
    if (group.as_str(), version.as_str(), kind.as_str())
        == (target.group, target.version, target.kind)
    {
        return Ok(target.message);
    }
    match catalog().kind(group, version, kind) {
        Some(found) => Ok(found.message),
        None => Err(format!(
            "no kind {} is registered for version {} in scheme {}",
            quote(kind),
            quote(&meta::api_version(group, version)),
            quote(SCHEME)
        )),
    }
}

fn unknown_conversion(actual: &(String, String, String), target: &Target) -> String {
    let package = |group: &str| match group {
        "" => "core".to_owned(),
        group => group.split('.').next().unwrap_or_default().to_owned(),
    };
    format!(
        "converting ({}.{}) to ({}.{}): unknown conversion",
        actual.1,
        actual.2,
        package(target.group),
        target.kind
    )
}

/// The beginning of a body, to be quoted (`handlers.summarizeData`).
fn summarize(bytes: &[u8]) -> String {
    const LONGEST: usize = 30;
    let cut = &bytes[..bytes.len().min(LONGEST)];
    let dots = if bytes.len() > LONGEST { " ..." } else { "" };
    match bytes.first() {
        None => "<empty>".to_owned(),
        Some(b'{') => format!("{}{dots}", String::from_utf8_lossy(cut)),
        Some(_) => {
            let digit = |bits: u8| char::from_digit(u32::from(bits), 16).unwrap_or_default();
            let hex: String =
                cut.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
            format!("{hex}{dots}")
        }
    }
}

/// Decodes the body of a DELETE: options in any group's version.
pub fn delete_options(bytes: &[u8], encoding: Encoding) -> Result<Value, Status> {
    let refused = |problem: &dyn std::fmt::Display| Status::bad_request(problem.to_string());
    let known = catalog().kind("", "v1", "DeleteOptions");
    let known = known.or_else(|| catalog().kind("meta.k8s.io", "v1", "DeleteOptions"));
    let message = catalog()
        .message("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions")
        .or(known.map(|kind| kind.message))
        .ok_or_else(|| Status::internal_error("no DeleteOptions in the catalog"))?;
    let text = match encoding {
        Encoding::Protobuf => {
            let envelope = protobuf::Envelope::read(bytes).map_err(|error| refused(&error))?;
            check_delete_kind(&envelope.api_version, &envelope.kind)?;
            return protobuf::decode(message, envelope.raw).map_err(|error| refused(&error));
        }
        Encoding::Yaml => yaml::to_json(bytes).map_err(|error| refused(&error))?.0,
        Encoding::Json => bytes.to_vec(),
    };
    let (found, document) = json::interpret(&text).map_err(|error| refused(&error))?;
    check_delete_kind(&found.api_version, &found.kind)?;
    let (tree, _) = document.decode(message, false).map_err(|error| refused(&error))?;
    Ok(tree)
}

fn check_delete_kind(api_version: &str, kind: &str) -> Result<(), Status> {
    if kind.is_empty() || kind == "DeleteOptions" {
        return Ok(());
    }
    Err(Status::bad_request(format!(
        "no kind {} is registered for version {} in scheme {}",
        quote(kind),
        quote(if api_version.is_empty() { "meta.k8s.io/v1" } else { api_version }),
        quote("pkg/runtime/scheme.go:111")
    )))
}

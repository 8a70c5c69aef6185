//! The one wire error, `meta/v1.Status`, with the constructors of apimachinery's `api/errors`.

pub mod cause;
pub mod reason;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Value;
use crate::field::Errors;
use crate::json::quote;

/// A resource and its group: prints `pods`, `deployments.apps` (`schema.GroupResource`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct GroupResource<'a> {
    /// API group; empty for core.
    pub group: &'a str,
    /// Plural name, with `/subresource` where upstream says so.
    pub resource: &'a str,
}

impl<'a> GroupResource<'a> {
    /// No resource: the error is about the request itself.
    pub const NONE: GroupResource<'static> = GroupResource { group: "", resource: "" };

    /// Names a resource.
    pub const fn new(group: &'a str, resource: &'a str) -> Self {
        GroupResource { group, resource }
    }

    /// True for [`GroupResource::NONE`].
    pub const fn is_empty(&self) -> bool {
        self.group.is_empty() && self.resource.is_empty()
    }
}

impl fmt::Display for GroupResource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        grouped(f, self.resource, self.group)
    }
}

/// A kind and its group: prints `Pod`, `Deployment.apps` (`schema.GroupKind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct GroupKind<'a> {
    /// API group; empty for core.
    pub group: &'a str,
    /// Kind.
    pub kind: &'a str,
}

impl<'a> GroupKind<'a> {
    /// Names a kind.
    pub const fn new(group: &'a str, kind: &'a str) -> Self {
        GroupKind { group, kind }
    }
}

impl fmt::Display for GroupKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        grouped(f, self.kind, self.group)
    }
}

fn grouped(f: &mut fmt::Formatter<'_>, name: &str, group: &str) -> fmt::Result {
    f.write_str(name)?;
    if group.is_empty() { Ok(()) } else { write!(f, ".{group}") }
}

/// `meta/v1.Status`: serializes in the Go struct's order with Go's omissions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Status {
    kind: Cow<'static, str>,
    api_version: Cow<'static, str>,
    /// List metadata; empty in errors.
    pub metadata: ListMeta,
    /// `Success` or `Failure`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub status: Cow<'static, str>,
    /// What happened, for humans.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// What happened, for machines: one of [`reason`]'s, or empty.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub reason: Cow<'static, str>,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Details>,
    /// HTTP code, 0 if not set.
    #[serde(skip_serializing_if = "is_zero")]
    pub code: u16,
}

/// `meta/v1.ListMeta` as far as a status carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListMeta {
    /// Resource version.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub resource_version: String,
    /// Continue token.
    #[serde(rename = "continue", skip_serializing_if = "String::is_empty")]
    pub continue_token: String,
    /// How many items are left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining_item_count: Option<i64>,
}

/// `meta/v1.StatusDetails`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Details {
    /// Name of the object, or the operation that timed out.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// API group.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Resource or kind.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// UID of the object.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub uid: String,
    /// The single causes.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "null_as_default")]
    pub causes: Vec<Cause>,
    /// When to try again; 0 if not set.
    #[serde(skip_serializing_if = "is_zero")]
    pub retry_after_seconds: i32,
}

/// `meta/v1.StatusCause`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cause {
    /// Why, for machines.
    #[serde(rename = "reason", skip_serializing_if = "str::is_empty")]
    pub reason: Cow<'static, str>,
    /// Why, for humans.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// The field that it is about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub field: String,
}

fn is_zero<T: Copy + Into<i64>>(value: &T) -> bool {
    (*value).into() == 0
}

fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Default for Status {
    fn default() -> Self {
        Status {
            kind: Cow::Borrowed("Status"),
            api_version: Cow::Borrowed("v1"),
            metadata: ListMeta::default(),
            status: Cow::Borrowed(""),
            message: String::new(),
            reason: Cow::Borrowed(""),
            details: None,
            code: 0,
        }
    }
}

impl Status {
    /// A failure without details.
    pub fn failure(code: u16, reason: &'static str, message: impl Into<String>) -> Status {
        Status {
            status: Cow::Borrowed("Failure"),
            code,
            reason: Cow::Borrowed(reason),
            message: message.into(),
            ..Status::default()
        }
    }

    /// A success, as answered to a delete that left nothing to show.
    pub fn success(details: Option<Details>) -> Status {
        Status { status: Cow::Borrowed("Success"), details, ..Status::default() }
    }

    /// The same status with these details.
    pub fn with_details(mut self, details: Details) -> Status {
        self.details = Some(details);
        self
    }

    /// The same status with one more cause.
    pub fn with_cause(mut self, cause: Cause) -> Status {
        self.details.get_or_insert_default().causes.push(cause);
        self
    }

    /// The same status with `details.uid`.
    pub fn with_uid(mut self, uid: impl Into<String>) -> Status {
        self.details.get_or_insert_default().uid = uid.into();
        self
    }

    /// The tree in canonical form, as `v1` `Status`.
    pub fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a status has string keys only")
    }

    /// The JSON text that Go prints, without a newline.
    pub fn to_json(&self) -> String {
        crate::json::to_string(self)
    }

    /// `errors.NewNotFound`.
    pub fn not_found(resource: GroupResource<'_>, name: &str) -> Status {
        let message = format!("{resource} {} not found", quote(name));
        Status::failure(404, reason::NOT_FOUND, message).with_details(about(resource, name))
    }

    /// `errors.NewAlreadyExists`.
    pub fn already_exists(resource: GroupResource<'_>, name: &str) -> Status {
        let message = format!("{resource} {} already exists", quote(name));
        Status::failure(409, reason::ALREADY_EXISTS, message).with_details(about(resource, name))
    }

    /// `errors.NewGenerateNameConflict`.
    pub fn generate_name_conflict(
        resource: GroupResource<'_>,
        name: &str,
        retry_after_seconds: i32,
    ) -> Status {
        let message = format!(
            "{resource} {} already exists, the server was not able to generate a unique name for \
             the object",
            quote(name)
        );
        Status::failure(409, reason::ALREADY_EXISTS, message)
            .with_details(Details { retry_after_seconds, ..about(resource, name) })
    }

    /// `errors.NewUnauthorized`.
    pub fn unauthorized(message: &str) -> Status {
        let message = if message.is_empty() { "not authorized" } else { message };
        Status::failure(401, reason::UNAUTHORIZED, message)
    }

    /// `errors.NewForbidden`.
    pub fn forbidden(resource: GroupResource<'_>, name: &str, error: impl fmt::Display) -> Status {
        let message = if resource.is_empty() {
            format!("forbidden: {error}")
        } else if name.is_empty() {
            format!("{resource} is forbidden: {error}")
        } else {
            format!("{resource} {} is forbidden: {error}", quote(name))
        };
        Status::failure(403, reason::FORBIDDEN, message).with_details(about(resource, name))
    }

    /// `errors.NewConflict`.
    pub fn conflict(resource: GroupResource<'_>, name: &str, error: impl fmt::Display) -> Status {
        let message =
            format!("Operation cannot be fulfilled on {resource} {}: {error}", quote(name));
        Status::failure(409, reason::CONFLICT, message).with_details(about(resource, name))
    }

    /// `errors.NewApplyConflict`.
    pub fn apply_conflict(causes: Vec<Cause>, message: impl Into<String>) -> Status {
        Status::failure(409, reason::CONFLICT, message)
            .with_details(Details { causes, ..Details::default() })
    }

    /// `errors.NewGone`.
    pub fn gone(message: impl Into<String>) -> Status {
        Status::failure(410, reason::GONE, message)
    }

    /// `errors.NewResourceExpired`.
    pub fn resource_expired(message: impl Into<String>) -> Status {
        Status::failure(410, reason::EXPIRED, message)
    }

    /// `errors.NewInvalid`.
    pub fn invalid(kind: GroupKind<'_>, name: &str, errors: &Errors) -> Status {
        let causes = errors
            .iter()
            .map(|error| Cause {
                reason: Cow::Borrowed(error.kind.cause()),
                message: error.body(),
                field: error.field.clone(),
            })
            .collect();
        let message = match errors.aggregate() {
            None => format!("{kind} {} is invalid", quote(name)),
            Some(all) => format!("{kind} {} is invalid: {all}", quote(name)),
        };
        Status::failure(422, reason::INVALID, message).with_details(Details {
            group: kind.group.to_owned(),
            kind: kind.kind.to_owned(),
            name: name.to_owned(),
            causes,
            ..Details::default()
        })
    }

    /// `errors.NewBadRequest`.
    pub fn bad_request(message: impl Into<String>) -> Status {
        Status::failure(400, reason::BAD_REQUEST, message)
    }

    /// `errors.NewTooManyRequests`.
    pub fn too_many_requests(message: impl Into<String>, retry_after_seconds: i32) -> Status {
        Status::failure(429, reason::TOO_MANY_REQUESTS, message)
            .with_details(Details { retry_after_seconds, ..Details::default() })
    }

    /// `errors.NewTooManyRequestsError`.
    pub fn too_many_requests_error(message: &str) -> Status {
        let message = format!("Too many requests: {message}");
        Status::failure(429, reason::TOO_MANY_REQUESTS, message)
    }

    /// `errors.NewServiceUnavailable`.
    pub fn service_unavailable(message: impl Into<String>) -> Status {
        Status::failure(503, reason::SERVICE_UNAVAILABLE, message)
    }

    /// `errors.NewMethodNotSupported`.
    pub fn method_not_supported(resource: GroupResource<'_>, action: &str) -> Status {
        let message = format!(
            "{action} is not supported on resources of kind {}",
            quote(&resource.to_string())
        );
        Status::failure(405, reason::METHOD_NOT_ALLOWED, message).with_details(about(resource, ""))
    }

    /// `errors.NewServerTimeout`.
    pub fn server_timeout(
        resource: GroupResource<'_>,
        operation: &str,
        retry_after_seconds: i32,
    ) -> Status {
        let message = format!(
            "The {operation} operation against {resource} could not be completed at this time, \
             please try again."
        );
        Status::failure(500, reason::SERVER_TIMEOUT, message)
            .with_details(Details { retry_after_seconds, ..about(resource, operation) })
    }

    /// `errors.NewInternalError`.
    pub fn internal_error(error: impl fmt::Display) -> Status {
        let text = error.to_string();
        Status::failure(500, reason::INTERNAL_ERROR, format!("Internal error occurred: {text}"))
            .with_cause(Cause { message: text, ..Cause::default() })
    }

    /// `errors.NewTimeoutError`.
    pub fn timeout(message: &str, retry_after_seconds: i32) -> Status {
        Status::failure(504, reason::TIMEOUT, format!("Timeout: {message}"))
            .with_details(Details { retry_after_seconds, ..Details::default() })
    }

    /// `errors.NewRequestEntityTooLargeError`.
    pub fn request_entity_too_large(message: &str) -> Status {
        let message = format!("Request entity too large: {message}");
        Status::failure(413, reason::REQUEST_ENTITY_TOO_LARGE, message)
    }

    /// `negotiation.errNotAcceptable`.
    pub fn not_acceptable(accepted: &[&str]) -> Status {
        let message =
            format!("only the following media types are accepted: {}", accepted.join(", "));
        Status::failure(406, reason::NOT_ACCEPTABLE, message)
    }

    /// `negotiation.errNotAcceptableConversion`.
    pub fn not_acceptable_conversion(target: &str, accepted: &[&str]) -> Status {
        let message = format!(
            "only the following media types are accepted when converting to {target}: {}",
            accepted.join(", ")
        );
        Status::failure(406, reason::NOT_ACCEPTABLE, message)
    }

    /// `negotiation.errUnsupportedMediaType`.
    pub fn unsupported_media_type(accepted: &[&str]) -> Status {
        let message = format!(
            "the body of the request was in an unknown format - accepted media types include: {}",
            accepted.join(", ")
        );
        Status::failure(415, reason::UNSUPPORTED_MEDIA_TYPE, message)
    }

    /// `storage.NewTooLargeResourceVersionError`.
    pub fn too_large_resource_version(minimum: u64, current: u64, retry_seconds: i32) -> Status {
        let message = format!("Too large resource version: {minimum}, current: {current}");
        let mut status = Status::timeout(&message, retry_seconds);
        status = status.with_cause(Cause {
            reason: Cow::Borrowed(cause::RESOURCE_VERSION_TOO_LARGE),
            message: "Too large resource version".to_owned(),
            field: String::new(),
        });
        status
    }

    /// `errors.NewGenericServerResponse`.
    pub fn generic_server_response(response: &ServerResponse<'_>) -> Status {
        let (reason, mut message) = generic_reason(response);
        let verb = response.verb.to_lowercase();
        if !response.resource.is_empty() {
            let resource = response.resource;
            message = if response.name.is_empty() {
                format!("{message} ({verb} {resource})")
            } else {
                format!("{message} ({verb} {resource} {})", response.name)
            };
        }
        let mut details = about(response.resource, response.name);
        details.retry_after_seconds = response.retry_after_seconds;
        if response.unexpected {
            details.causes.push(Cause {
                reason: Cow::Borrowed(cause::UNEXPECTED_SERVER_RESPONSE),
                message: response.message.to_owned(),
                field: String::new(),
            });
        }
        Status::failure(response.code, reason, message).with_details(details)
    }

    /// True if `reason` is this, or is unknown and `code` says so (`errors.IsNotFound` and kin).
    fn is(&self, reason: &str, code: u16) -> bool {
        self.reason == reason
            || (self.code == code && !reason::KNOWN.contains(&self.reason.as_ref()))
    }

    /// `errors.IsNotFound`.
    pub fn is_not_found(&self) -> bool {
        self.is(reason::NOT_FOUND, 404)
    }

    /// `errors.IsAlreadyExists`.
    pub fn is_already_exists(&self) -> bool {
        self.reason == reason::ALREADY_EXISTS
    }

    /// `errors.IsConflict`.
    pub fn is_conflict(&self) -> bool {
        self.is(reason::CONFLICT, 409)
    }

    /// `errors.IsInvalid`.
    pub fn is_invalid(&self) -> bool {
        self.is(reason::INVALID, 422)
    }

    /// `errors.IsResourceExpired`.
    pub fn is_resource_expired(&self) -> bool {
        self.reason == reason::EXPIRED
    }

    /// `errors.IsForbidden`.
    pub fn is_forbidden(&self) -> bool {
        self.is(reason::FORBIDDEN, 403)
    }

    /// True if a cause has this reason (`errors.HasStatusCause`).
    pub fn has_cause(&self, reason: &str) -> bool {
        self.details.as_ref().is_some_and(|d| d.causes.iter().any(|cause| cause.reason == reason))
    }
}

/// What [`Status::generic_server_response`] is made from.
#[derive(Clone, Copy, Debug, Default)]
pub struct ServerResponse<'a> {
    /// HTTP code.
    pub code: u16,
    /// HTTP verb.
    pub verb: &'a str,
    /// Resource asked for.
    pub resource: GroupResource<'a>,
    /// Object asked for.
    pub name: &'a str,
    /// What the server said.
    pub message: &'a str,
    /// Value of its `Retry-After`.
    pub retry_after_seconds: i32,
    /// The answer was not a status; adds a cause with what the server said.
    pub unexpected: bool,
}

fn generic_reason(response: &ServerResponse<'_>) -> (&'static str, String) {
    let said = response.message;
    let (reason, message) = match response.code {
        409 if response.verb == "POST" => {
            (reason::ALREADY_EXISTS, "the server reported a conflict")
        }
        409 => (reason::CONFLICT, "the server reported a conflict"),
        404 => (reason::NOT_FOUND, "the server could not find the requested resource"),
        400 => (reason::BAD_REQUEST, "the server rejected our request for an unknown reason"),
        401 => (reason::UNAUTHORIZED, "the server has asked for the client to provide credentials"),
        403 => (reason::FORBIDDEN, said),
        406 if said.is_empty() || said == "unknown" => (
            reason::NOT_ACCEPTABLE,
            "the server was unable to respond with a content type that the client supports",
        ),
        406 => (reason::NOT_ACCEPTABLE, said),
        415 => (reason::UNSUPPORTED_MEDIA_TYPE, said),
        405 => (
            reason::METHOD_NOT_ALLOWED,
            "the server does not allow this method on the requested resource",
        ),
        422 => (reason::INVALID, "the server rejected our request due to an error in our request"),
        503 => {
            (reason::SERVICE_UNAVAILABLE, "the server is currently unable to handle the request")
        }
        504 => (
            reason::TIMEOUT,
            "the server was unable to return a response in the time allotted, but may still be \
             processing the request",
        ),
        429 => (
            reason::TOO_MANY_REQUESTS,
            "the server has received too many requests and has asked us to try again later",
        ),
        500.. => {
            let message = format!(
                "an error on the server ({}) has prevented the request from succeeding",
                quote(said)
            );
            return (reason::INTERNAL_ERROR, message);
        }
        code => {
            let message = format!(
                "the server responded with the status code {code} but did not return more \
                 information"
            );
            return ("", message);
        }
    };
    (reason, message.to_owned())
}

fn about(resource: GroupResource<'_>, name: &str) -> Details {
    Details {
        group: resource.group.to_owned(),
        kind: resource.resource.to_owned(),
        name: name.to_owned(),
        ..Details::default()
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Status {}

#[cfg(test)]
mod tests;

//! Values of `Status.reason` (`meta/v1.StatusReason`).

/// 401.
pub const UNAUTHORIZED: &str = "Unauthorized";
/// 403.
pub const FORBIDDEN: &str = "Forbidden";
/// 404.
pub const NOT_FOUND: &str = "NotFound";
/// 409: the name is taken.
pub const ALREADY_EXISTS: &str = "AlreadyExists";
/// 409: the object has changed.
pub const CONFLICT: &str = "Conflict";
/// 410.
pub const GONE: &str = "Gone";
/// 422.
pub const INVALID: &str = "Invalid";
/// 500: try again.
pub const SERVER_TIMEOUT: &str = "ServerTimeout";
/// 500: a stored object can't be read.
pub const STORE_READ_ERROR: &str = "StorageReadError";
/// 504.
pub const TIMEOUT: &str = "Timeout";
/// 429.
pub const TOO_MANY_REQUESTS: &str = "TooManyRequests";
/// 400.
pub const BAD_REQUEST: &str = "BadRequest";
/// 405.
pub const METHOD_NOT_ALLOWED: &str = "MethodNotAllowed";
/// 406.
pub const NOT_ACCEPTABLE: &str = "NotAcceptable";
/// 413.
pub const REQUEST_ENTITY_TOO_LARGE: &str = "RequestEntityTooLarge";
/// 415.
pub const UNSUPPORTED_MEDIA_TYPE: &str = "UnsupportedMediaType";
/// 500.
pub const INTERNAL_ERROR: &str = "InternalError";
/// 410: the resource version is too old.
pub const EXPIRED: &str = "Expired";
/// 503.
pub const SERVICE_UNAVAILABLE: &str = "ServiceUnavailable";

/// Every reason that `api/errors` knows; others are judged by their code.
pub(super) const KNOWN: &[&str] = &[
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    ALREADY_EXISTS,
    CONFLICT,
    GONE,
    INVALID,
    SERVER_TIMEOUT,
    STORE_READ_ERROR,
    TIMEOUT,
    TOO_MANY_REQUESTS,
    BAD_REQUEST,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    REQUEST_ENTITY_TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    INTERNAL_ERROR,
    EXPIRED,
    SERVICE_UNAVAILABLE,
];

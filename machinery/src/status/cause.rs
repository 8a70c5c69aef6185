//! Values of a cause's `reason` (`meta/v1.CauseType`) that are not field errors.

/// The server's answer was not a status.
pub const UNEXPECTED_SERVER_RESPONSE: &str = "UnexpectedServerResponse";
/// An apply conflict.
pub const FIELD_MANAGER_CONFLICT: &str = "FieldManagerConflict";
/// The resource version asked for is too high.
pub const RESOURCE_VERSION_TOO_LARGE: &str = "ResourceVersionTooLarge";
/// The namespace of a new object is being deleted.
pub const NAMESPACE_TERMINATING: &str = "NamespaceTerminating";

//! What a request can come back with instead of an answer.

use serde::Deserialize;
use serde_json::Value;

/// The server's `meta/v1 Status` of a refused request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Status {
    /// The HTTP code.
    pub code: u16,
    /// The machine-readable reason, e.g. `AlreadyExists`.
    pub reason: String,
    /// The sentence for people.
    pub message: String,
    /// `details`, as sent.
    pub details: Value,
}

impl Status {
    /// Whether `details.causes` holds a cause of this type.
    pub fn has_cause(&self, reason: &str) -> bool {
        let causes = self.details.get("causes").and_then(Value::as_array);
        causes.is_some_and(|causes| {
            causes.iter().any(|cause| cause.get("reason").and_then(Value::as_str) == Some(reason))
        })
    }
}

/// Why a request brought no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The server refused, and said why.
    #[error("{}", .0.message)]
    Status(Box<Status>),
    /// No answer came.
    #[error("{0}")]
    Transport(String),
    /// The answer is not what the API promises.
    #[error("{0}")]
    Malformed(String),
}

impl Error {
    /// The HTTP code of a refusal, 0 for a failure on the way.
    pub fn code(&self) -> u16 {
        match self {
            Self::Status(status) => status.code,
            Self::Transport(_) | Self::Malformed(_) => 0,
        }
    }

    /// The reason of a refusal, empty for a failure on the way.
    pub fn reason(&self) -> &str {
        match self {
            Self::Status(status) => &status.reason,
            Self::Transport(_) | Self::Malformed(_) => "",
        }
    }

    /// Whether the object or the resource is not there.
    pub fn is_not_found(&self) -> bool {
        self.reason() == "NotFound" || (self.reason().is_empty() && self.code() == 404)
    }

    /// Whether the object is there already.
    pub fn is_already_exists(&self) -> bool {
        self.reason() == "AlreadyExists"
    }

    /// Whether a precondition on the resource version or the uid failed.
    pub fn is_conflict(&self) -> bool {
        self.reason() == "Conflict"
    }

    /// Whether the object failed validation.
    pub fn is_invalid(&self) -> bool {
        self.reason() == "Invalid"
    }

    /// Whether the namespace is going away.
    pub fn is_namespace_terminating(&self) -> bool {
        matches!(self, Self::Status(status) if status.has_cause("NamespaceTerminating"))
    }

    /// Whether the history asked for is gone, so that only a new list helps.
    pub fn is_expired(&self) -> bool {
        self.code() == 410 || matches!(self.reason(), "Expired" | "Gone")
    }
}

impl From<kube::Error> for Error {
    fn from(error: kube::Error) -> Self {
        let mut text = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            text = format!("{text}: {inner}");
            source = inner.source();
        }
        Self::Transport(text)
    }
}

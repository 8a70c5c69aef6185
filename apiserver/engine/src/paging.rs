//! Continue tokens.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use pintle_machinery::Value;
use pintle_machinery::status::Status;

/// Where the next page begins (`k8s.io/apiserver/pkg/storage.continueToken`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continue {
    /// Revision of the first page; -1 to go on with the newest.
    pub revision: i64,
    /// First key of the page, below the list's prefix.
    pub start: String,
}

impl Continue {
    /// Writes the token.
    pub fn encode(&self) -> String {
        let start = pintle_machinery::json::quote(&format!("/{}", self.start));
        let text = format!(
            "{{\"v\":\"meta.k8s.io/v1\",\"rv\":{},\"start\":{}}}",
            self.revision,
            start.replace("\\x00", "\\u0000")
        );
        URL_SAFE_NO_PAD.encode(text)
    }

    /// Reads a token (`storage.DecodeContinue`).
    pub fn decode(token: &str) -> Result<Self, Status> {
        let broken =
            |problem: String| Status::bad_request(format!("invalid continue token: {problem}"));
        let bytes = URL_SAFE_NO_PAD
            .decode(token.trim_end_matches('='))
            .or_else(|_| STANDARD_NO_PAD.decode(token.trim_end_matches('=')))
            .map_err(|_| broken("continue key is not valid: illegal base64 data".into()))?;
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|error| broken(format!("continue key is not valid: {error}")))?;
        if value["v"].as_str() != Some("meta.k8s.io/v1") {
            return Err(broken(format!(
                "continue key is not valid: server does not recognize this encoded version {}",
                pintle_machinery::json::quote(value["v"].as_str().unwrap_or_default())
            )));
        }
        let revision = value["rv"].as_i64().unwrap_or(0);
        if revision == 0 {
            return Err(broken(
                "continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)".into(),
            ));
        }
        let start = value["start"].as_str().unwrap_or_default();
        if start.is_empty() {
            return Err(broken(
                "continue key is not valid: encoded start key empty (version meta.k8s.io/v1)"
                    .into(),
            ));
        }
        let start = start.strip_prefix('/').unwrap_or(start);
        if start.split('/').any(|part| part == "..") {
            return Err(broken(format!("continue key is not valid: {start}")));
        }
        Ok(Self { revision, start: start.to_owned() })
    }
}

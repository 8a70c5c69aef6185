//! Continue tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
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
        let start = pintle_machinery::json::to_string(&format!("/{}", self.start));
        let text =
            format!("{{\"v\":\"meta.k8s.io/v1\",\"rv\":{},\"start\":{}}}", self.revision, start);
        URL_SAFE_NO_PAD.encode(text)
    }

    /// Reads a token (`storage.DecodeContinue`).
    pub fn decode(token: &str) -> Result<Self, Status> {
        let broken =
            |problem: String| Status::bad_request(format!("invalid continue token: {problem}"));
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| {
            let at = illegal_at(token);
            broken(format!("continue key is not valid: illegal base64 data at input byte {at}"))
        })?;
        let value: Value = pintle_api::codec::json::parse_any(&bytes)
            .map_err(|error| broken(format!("continue key is not valid: {error}")))?;
        if value["v"].as_str() != Some("meta.k8s.io/v1") {
            return Err(broken(format!(
                "continue key is not valid: server does not recognize this encoded version {}",
                value["v"].as_str().unwrap_or_default()
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

/// Where Go's decoder gives up: the first foreign character, or the start of a lone last one.
fn illegal_at(token: &str) -> usize {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let foreign = token.bytes().position(|byte| !known(byte));
    foreign.unwrap_or(token.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_that_of_the_release() {
        let token = Continue { revision: 856, start: "default\0".into() };
        let text = r#"{"v":"meta.k8s.io/v1","rv":856,"start":"/default\u0000"}"#;
        assert_eq!(token.encode(), URL_SAFE_NO_PAD.encode(text));
        assert_eq!(Continue::decode(&token.encode()), Ok(token));
    }

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        let refused = Continue::decode(&URL_SAFE_NO_PAD.encode(text)).expect_err("it is broken");
        assert!(refused.message.contains(wanted), "{}", refused.message);
    }

    #[test]
    fn broken_tokens_are_refused() {
        check("x", "invalid character 'x' looking for beginning of value");
        check(r#"{"v":"v2","rv":1,"start":"a"}"#, "does not recognize this encoded version");
        check(r#"{"v":"meta.k8s.io/v1","rv":0,"start":"a"}"#, "incorrect encoded start");
        check(r#"{"v":"meta.k8s.io/v1","rv":1,"start":""}"#, "encoded start key empty");
        check(r#"{"v":"meta.k8s.io/v1","rv":1,"start":"/../a"}"#, "continue key is not valid");
    }
}

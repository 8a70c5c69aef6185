//! Bearer tokens that browsers send as a WebSocket subprotocol.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{CONNECTION, HeaderMap, HeaderValue, SEC_WEBSOCKET_PROTOCOL, UPGRADE};

const PREFIX: &str = "base64url.bearer.authorization.k8s.io.";

fn protocols(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).map(|text| text.trim().to_owned()).collect()
}

/// The token, if this is a WebSocket request that carries one
/// (`authentication/request/websocket.ProtocolAuthenticator`).
pub(super) fn token(headers: &HeaderMap) -> Result<Option<String>, String> {
    let lists = |name, word: &str| {
        headers
            .get_all(name)
            .iter()
            .filter_map(|value: &HeaderValue| value.to_str().ok())
            .any(|value| value.to_lowercase().contains(word))
    };
    if !lists(CONNECTION, "upgrade") || !lists(UPGRADE, "websocket") {
        return Ok(None);
    }
    let (mut token, mut others) = (None, false);
    for protocol in protocols(headers) {
        let Some(encoded) = protocol.strip_prefix(PREFIX) else {
            others = true;
            continue;
        };
        if token.is_some() {
            return Err("multiple base64.bearer.authorization tokens specified".into());
        }
        let bytes = URL_SAFE_NO_PAD.decode(encoded);
        let bytes = bytes.map_err(|_| "invalid base64.bearer.authorization token encoding")?;
        let text = String::from_utf8(bytes)
            .map_err(|_| "invalid base64.bearer.authorization token encoding")?;
        token = Some(text);
    }
    if token.is_some() && !others {
        return Err("missing additional subprotocol".into());
    }
    Ok(token.filter(|token| !token.is_empty()))
}

/// Takes the token out of the list of protocols.
pub(super) fn strip(headers: &mut HeaderMap) {
    let rest: Vec<_> =
        protocols(headers).into_iter().filter(|text| !text.starts_with(PREFIX)).collect();
    if let Ok(value) = HeaderValue::from_str(&rest.join(",")) {
        headers.insert(SEC_WEBSOCKET_PROTOCOL, value);
    }
}

//! The server's side of a WebSocket that only carries data to the client
//! (`streaming/pkg/httpstream/wsstream.Reader`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use http::header::{
    CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use http::request::Parts;
use http::{Response, StatusCode};
use http_body_util::BodyExt;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use ring::digest;
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::relay::is_upgrade;
use crate::body::{self, Body, BoxError};
use crate::rest::header;

/// What RFC 6455 appends to the client's key.
const KEY_SUFFIX: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/// Largest message, as upstream reads its source.
const MESSAGE: usize = 2048;
/// Status 1000, as closing frame.
const CLOSE: &[u8] = &[0x88, 2, 0x03, 0xE8];

/// How messages carry the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Binary,
    Base64,
}

/// The request asks for a WebSocket (`wsstream.IsWebSocketRequest`).
pub(super) fn is_wanted(parts: &Parts) -> bool {
    is_upgrade(parts) && header(parts, "upgrade").eq_ignore_ascii_case("websocket")
}

/// The first protocol that is spoken here, empty if the client names none; `None` if it names
/// only others.
fn choose(wanted: &str) -> Option<(&str, Form)> {
    if wanted.is_empty() {
        return Some(("", Form::Binary));
    }
    wanted.split(',').map(str::trim).find_map(|protocol| match protocol {
        "binary.k8s.io" => Some((protocol, Form::Binary)),
        "base64.binary.k8s.io" => Some((protocol, Form::Base64)),
        _ => None,
    })
}

/// Turns a response into a WebSocket that carries its body.
pub(super) fn carry(mut parts: Parts, source: Body) -> Response<Body> {
    let mut response = Response::new(body::empty());
    let key = header(&parts, SEC_WEBSOCKET_KEY.as_str());
    let accept =
        digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, format!("{key}{KEY_SUFFIX}").as_bytes());
    if key.is_empty() || header(&parts, SEC_WEBSOCKET_VERSION.as_str()) != "13" {
        *response.status_mut() = StatusCode::BAD_REQUEST;
        return response;
    }
    let Some((protocol, form)) = choose(header(&parts, SEC_WEBSOCKET_PROTOCOL.as_str())) else {
        *response.status_mut() = StatusCode::FORBIDDEN;
        return response;
    };
    let accept = HeaderValue::from_str(&BASE64.encode(accept));
    let chosen = HeaderValue::from_str(protocol);
    let client = parts.extensions.remove::<OnUpgrade>();
    let (Ok(accept), Ok(chosen), Some(client)) = (accept, chosen, client) else {
        *response.status_mut() = StatusCode::BAD_REQUEST;
        return response;
    };
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    if !chosen.is_empty() {
        headers.insert(SEC_WEBSOCKET_PROTOCOL, chosen);
    }
    tokio::spawn(async move {
        if let Err(error) = feed(client, source, form).await {
            tracing::debug!("a WebSocket ended: {error}");
        }
    });
    response
}

/// Sends an empty message, then the data as it comes, until either side ends. What the client
/// sends is of no interest.
async fn feed(client: OnUpgrade, mut source: Body, form: Form) -> Result<(), BoxError> {
    let (mut reader, mut writer) = tokio::io::split(TokioIo::new(client.await?));
    let send = async {
        message(&mut writer, form, &[]).await?;
        while let Some(frame) = source.frame().await {
            let Ok(data) = frame?.into_data() else { continue };
            for piece in data.chunks(MESSAGE) {
                message(&mut writer, form, piece).await?;
            }
        }
        writer.write_all(CLOSE).await?;
        writer.shutdown().await?;
        Ok(())
    };
    let ignore = async {
        let mut ignored = [0_u8; 1024];
        while matches!(reader.read(&mut ignored).await, Ok(length) if length > 0) {}
    };
    tokio::select! {
        sent = send => sent,
        () = ignore => Ok(()),
    }
}

async fn message(
    writer: &mut (impl AsyncWrite + Unpin),
    form: Form,
    data: &[u8],
) -> std::io::Result<()> {
    writer.write_all(&frame(form, data)).await?;
    writer.flush().await
}

/// One message in one frame.
fn frame(form: Form, data: &[u8]) -> Bytes {
    let (kind, payload) = match form {
        Form::Binary => (0x82, data.to_vec()),
        Form::Base64 => (0x81, BASE64.encode(data).into_bytes()),
    };
    let mut out = vec![kind];
    match u16::try_from(payload.len()) {
        Ok(length @ 0..=125) => out.push(length as u8),
        Ok(length) => {
            out.push(126);
            out.extend(length.to_be_bytes());
        }
        Err(_) => {
            out.push(127);
            out.extend((payload.len() as u64).to_be_bytes());
        }
    }
    out.extend(payload);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_tell_their_length() {
        assert_eq!(frame(Form::Binary, b""), &[0x82, 0][..]);
        assert_eq!(frame(Form::Base64, b"a"), &b"\x81\x04YQ=="[..]);
        assert_eq!(frame(Form::Binary, &[7; 300])[..4], [0x82, 126, 1, 44]);
        assert_eq!(frame(Form::Binary, &vec![7; 70_000])[..4], [0x82, 127, 0, 0]);
    }

    #[test]
    fn the_first_known_protocol_is_spoken() {
        assert_eq!(choose(""), Some(("", Form::Binary)));
        assert_eq!(choose("x, base64.binary.k8s.io"), Some(("base64.binary.k8s.io", Form::Base64)));
        assert_eq!(choose("x"), None);
    }
}

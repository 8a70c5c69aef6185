//! JSON web tokens in their compact form, as far as service account tokens need them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pintle_component::pki::PublicKey;
use pintle_machinery::{Map, Value};

/// The parts of a token; nothing is checked yet.
#[derive(Debug)]
pub struct Token<'a> {
    signed: &'a str,
    signature: Vec<u8>,
    /// `alg` of the header.
    pub algorithm: String,
    /// `kid` of the header; empty if none.
    pub key_id: String,
    /// The claims.
    pub claims: Map<String, Value>,
}

impl<'a> Token<'a> {
    /// Takes a token apart; `None` if it is no JSON web token.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        if claims.contains('.') {
            return None;
        }
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
        let header: Map<String, Value> = serde_json::from_slice(&decode(header)?).ok()?;
        let claims = serde_json::from_slice(&decode(claims)?).ok()?;
        let text = |name: &str| header.get(name).and_then(Value::as_str).unwrap_or_default().into();
        if header.contains_key("crit") {
            return None;
        }
        Some(Self {
            signed,
            signature: decode(signature)?,
            algorithm: text("alg"),
            key_id: text("kid"),
            claims,
        })
    }

    /// The key made the signature, by the algorithm that belongs to the key: the token's header
    /// cannot choose another.
    pub fn signed_by(&self, key: &PublicKey) -> bool {
        self.algorithm == key.algorithm() && key.verify_jws(self.signed.as_bytes(), &self.signature)
    }
}

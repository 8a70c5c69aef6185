//! PEM and the outermost structure of what it holds.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use pintle_machinery::json::quote;

/// A block of PEM.
pub(super) struct Block {
    pub(super) label: String,
    pub(super) headers: bool,
    pub(super) bytes: Vec<u8>,
}

/// Checks a request in the base64 of its field (`certificates.ParseCSR`), down to the sequence of
/// its three parts. Its signature is for whoever signs to check.
pub(super) fn request(field: &str) -> Result<(), String> {
    let text = decode(field);
    let block = blocks(&text).into_iter().next();
    match block.filter(|block| block.label == "CERTIFICATE REQUEST") {
        None => Err("PEM block type must be CERTIFICATE REQUEST".into()),
        Some(block) if is_signed(&block.bytes) => Ok(()),
        Some(_) => Err("x509: malformed certificate request".into()),
    }
}

/// Checks certificates in the base64 of their field (`validateCertificate`); none are fine.
pub(super) fn certificates(field: &str) -> Result<(), String> {
    let text = decode(field);
    if text.is_empty() {
        return Ok(());
    }
    let blocks = blocks(&text);
    for block in &blocks {
        if block.label != "CERTIFICATE" {
            let label = quote(&block.label);
            return Err(format!("only CERTIFICATE PEM blocks are allowed, found {label}"));
        }
        if block.headers {
            return Err("no PEM block headers are permitted".into());
        }
        if block.bytes.is_empty() {
            return Err("found CERTIFICATE PEM block containing 0 certificates".into());
        }
        if !is_signed(&block.bytes) {
            return Err("x509: malformed certificate".into());
        }
    }
    if blocks.is_empty() {
        return Err("must contain at least one CERTIFICATE PEM block".into());
    }
    Ok(())
}

fn decode(field: &str) -> String {
    let bytes = STANDARD.decode(field).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The well-formed blocks, as `encoding/pem.Decode` finds them.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().map(str::trim_end);
    while let Some(line) = lines.next() {
        let label = line.strip_prefix("-----BEGIN ").and_then(|rest| rest.strip_suffix("-----"));
        let Some(label) = label else { continue };
        let end = format!("-----END {label}-----");
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
        let is_header = |line: &&&str| line.contains(':');
        let headers = body.iter().filter(is_header).count();
        let text: String = body[headers..].concat();
        if let Ok(bytes) = STANDARD.decode(text.trim()) {
            blocks.push(Block { label: label.to_owned(), headers: headers > 0, bytes });
        }
    }
    blocks
}

/// A DER sequence of a sequence, a sequence and a bit string, which is what certificates and
/// requests for them are.
pub(super) fn is_signed(der: &[u8]) -> bool {
    let Some((0x30, content, [])) = element(der) else { return false };
    let mut tags = Vec::new();
    let mut rest = content;
    while let Some((tag, _, after)) = element(rest) {
        tags.push(tag);
        rest = after;
    }
    rest.is_empty() && tags == [0x30, 0x30, 0x03]
}

/// The first element: its tag, its content, and what follows.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let (length, rest) = match length {
        0..=0x7f => (usize::from(length), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
            (digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

//! The few DER forms that certificates are written in.

/// Identifier octets.
pub(super) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OID: u8 = 0x06;
    pub(crate) const UTF8_STRING: u8 = 0x0c;
    pub(crate) const PRINTABLE_STRING: u8 = 0x13;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
}

/// One element.
pub(super) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let bytes = length.to_be_bytes();
        let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len() - 1);
        out.push(0x80 | (bytes.len() - start) as u8);
        out.extend_from_slice(&bytes[start..]);
    }
    out.extend_from_slice(content);
    out
}

/// An element of elements.
pub(super) fn nest(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    element(tag, &parts.concat())
}

/// A sequence.
pub(super) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    nest(tag::SEQUENCE, parts)
}

/// `[number] EXPLICIT`.
pub(super) fn explicit(number: u8, content: &[u8]) -> Vec<u8> {
    element(0xa0 | number, content)
}

/// An unsigned integer from its big-endian bytes.
pub(super) fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let mut content = Vec::with_capacity(bytes.len() + 1);
    if bytes.get(start).is_none_or(|byte| byte & 0x80 != 0) {
        content.push(0);
    }
    content.extend_from_slice(&bytes[start..]);
    element(tag::INTEGER, &content)
}

/// An object identifier.
pub(super) fn oid(arcs: &[u64]) -> Vec<u8> {
    let mut content = vec![(arcs[0] * 40 + arcs[1]) as u8];
    for arc in &arcs[2..] {
        let mut groups = vec![(arc & 0x7f) as u8];
        let mut rest = arc >> 7;
        while rest > 0 {
            groups.push(0x80 | (rest & 0x7f) as u8);
            rest >>= 7;
        }
        content.extend(groups.iter().rev());
    }
    element(tag::OID, &content)
}

/// A bit string of whole bytes.
pub(super) fn bit_string(bytes: &[u8]) -> Vec<u8> {
    let mut content = vec![0];
    content.extend_from_slice(bytes);
    element(tag::BIT_STRING, &content)
}

/// A moment: UTCTime through 2049, GeneralizedTime after.
pub(super) fn time(unix_seconds: i64) -> Vec<u8> {
    let stamp = jiff::Timestamp::from_second(unix_seconds).unwrap_or(jiff::Timestamp::MAX);
    let text = stamp.strftime("%Y%m%d%H%M%SZ").to_string();
    if text.as_str() < "2050" {
        element(tag::UTC_TIME, &text.as_bytes()[2..])
    } else {
        element(tag::GENERALIZED_TIME, text.as_bytes())
    }
}

/// A directory string as Go writes it: printable where it can be, else UTF-8.
pub(super) fn text(value: &str) -> Vec<u8> {
    let printable =
        value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte));
    element(if printable { tag::PRINTABLE_STRING } else { tag::UTF8_STRING }, value.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lengths_take_more_octets() {
        assert_eq!(element(4, &[0; 200])[..3], [4, 0x81, 200]);
        assert_eq!(element(4, &[0; 300])[..4], [4, 0x82, 1, 44]);
    }

    #[test]
    fn integers_are_never_negative() {
        assert_eq!(unsigned(&[0, 0x80]), [2, 2, 0, 0x80]);
        assert_eq!(unsigned(&[0, 0]), [2, 1, 0]);
    }

    #[test]
    fn object_identifiers_use_base_128() {
        assert_eq!(oid(&[1, 2, 840, 113549]), [6, 6, 42, 0x86, 0x48, 0x86, 0xf7, 0x0d]);
    }

    #[test]
    fn times_past_2049_are_generalized() {
        assert_eq!(time(0), b"\x17\x0d700101000000Z");
        assert_eq!(time(2_524_608_000), b"\x18\x0f20500101000000Z");
    }
}

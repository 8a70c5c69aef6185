//! JSON text as Go writes it: escapes, numbers, compact and indented form.

use std::borrow::Cow;

/// Writes a string with its quotes, escaped as `encoding/json` does for HTML.
pub fn write_str(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.push(b'"');
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if PLAIN[byte as usize] {
            at += 1;
            continue;
        }
        if byte == 0xe2 {
            if bytes.get(at + 1) == Some(&0x80)
                && let Some(last @ (0xa8 | 0xa9)) = bytes.get(at + 2)
            {
                out.extend_from_slice(&bytes[start..at]);
                out.extend_from_slice(if *last == 0xa8 { b"\\u2028" } else { b"\\u2029" });
                start = at + 3;
            }
            at += 3;
            continue;
        }
        out.extend_from_slice(&bytes[start..at]);
        write_escape(out, byte);
        at += 1;
        start = at;
    }
    out.extend_from_slice(&bytes[start..]);
    out.push(b'"');
}

/// Writes bytes that ought to be UTF-8; each byte that is not becomes `\ufffd`.
#[inline]
pub fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    if is_plain(bytes) {
        out.reserve(bytes.len() + 2);
        out.push(b'"');
        out.extend_from_slice(bytes);
        out.push(b'"');
    } else {
        write_odd_bytes(out, bytes);
    }
}

/// Whether all bytes are ASCII that stands for itself in a JSON string.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        // The last word may look at some bytes again.
        let (words, _) = bytes.as_chunks::<8>();
        let first = odd_bytes(*first) | odd_bytes(*last);
        return words.iter().skip(1).fold(first, |odd, word| odd | odd_bytes(*word)) == 0;
    }
    bytes.iter().all(|byte| PLAIN[usize::from(*byte)] && *byte < 0x80)
}

/// Marks bytes of a word that are not ASCII or do not stand for themselves in a JSON string, in
/// their highest bits. Only the lowest mark is certain to stand where it belongs.
#[inline]
pub(crate) fn odd_bytes(word: [u8; 8]) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let word = u64::from_le_bytes(word);
    let is_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    // A bit more makes `>` of `<`, and `&` of the quote.
    let angle = is_zero((word | (ONES * 2)) ^ (ONES * u64::from(b'>')));
    let quote = is_zero((word | (ONES * 4)) ^ (ONES * u64::from(b'&')));
    let backslash = is_zero(word ^ (ONES * u64::from(b'\\')));
    (control | angle | quote | backslash | word) & HIGH
}

fn write_odd_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return write_str(out, text);
    }
    out.push(b'"');
    for chunk in bytes.utf8_chunks() {
        let quoted = out.len();
        write_str(out, chunk.valid());
        out.remove(quoted);
        out.pop();
        for _ in chunk.invalid() {
            out.extend_from_slice(b"\\ufffd");
        }
    }
    out.push(b'"');
}

/// Turns bytes into text as Go's JSON decoder does: each invalid byte becomes U+FFFD.
pub fn to_text(bytes: &[u8]) -> String {
    as_text(bytes).into_owned()
}

/// As [`to_text`], with nothing made of bytes that are text already.
pub fn as_text(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.into();
    }
    let mut out = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.extend(chunk.invalid().iter().map(|_| '\u{fffd}'));
    }
    out.into()
}

/// Undoes the escapes of a JSON string's inside, as Go's `unquote`.
pub fn unescape(raw: &[u8]) -> String {
    let Some(first) = raw.iter().position(|&byte| byte == b'\\') else { return to_text(raw) };
    let mut out = to_text(&raw[..first]);
    let mut at = first;
    while at < raw.len() {
        if raw[at] != b'\\' {
            let end =
                raw[at..].iter().position(|&byte| byte == b'\\').map_or(raw.len(), |n| at + n);
            out.push_str(&to_text(&raw[at..end]));
            at = end;
            continue;
        }
        let escape = raw.get(at + 1).copied().unwrap_or(b'\\');
        at += 2;
        match escape {
            b'b' => out.push('\u{8}'),
            b'f' => out.push('\u{c}'),
            b'n' => out.push('\n'),
            b'r' => out.push('\r'),
            b't' => out.push('\t'),
            b'u' => {
                let (c, used) = unicode_escape(&raw[at - 2..]);
                out.push(c);
                at += used - 2;
            }
            other => out.push(char::from(other)),
        }
    }
    out
}

/// Reads `\uXXXX`, and the second half of a surrogate pair; says how many bytes it took.
fn unicode_escape(raw: &[u8]) -> (char, usize) {
    let unit = |at: usize| -> Option<u32> {
        let digits = raw.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let Some(high) = unit(0) else { return ('\u{fffd}', raw.len().min(6)) };
    if let Some(c) = char::from_u32(high) {
        return (c, 6);
    }
    if (0xd800..0xdc00).contains(&high)
        && let Some(low @ 0xdc00..=0xdfff) = unit(6)
    {
        let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        return (char::from_u32(code).unwrap_or('\u{fffd}'), 12);
    }
    ('\u{fffd}', 6)
}

/// Writes a signed integer.
pub fn write_i64(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    write_u64(out, value.unsigned_abs());
}

/// Writes an unsigned integer.
pub fn write_u64(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Writes a float as Go's `encoding/json` does.
pub fn write_f64(out: &mut Vec<u8>, value: f64) {
    out.extend_from_slice(pintle_machinery::json::float(value).as_bytes());
}

/// Copies JSON text without its white space, escaping for HTML, as Go's `compact`.
pub fn write_compact(out: &mut Vec<u8>, json: &[u8]) {
    let mut in_string = false;
    let mut at = 0;
    while at < json.len() {
        let byte = json[at];
        at += 1;
        match byte {
            b'"' => {
                in_string = !in_string;
                out.push(byte);
            }
            b'\\' if in_string => {
                out.push(byte);
                out.extend(json.get(at));
                at += 1;
            }
            b' ' | b'\t' | b'\r' | b'\n' if !in_string => {}
            b'<' | b'>' | b'&' => write_escape(out, byte),
            0xe2 if json.get(at) == Some(&0x80)
                && matches!(json.get(at + 1), Some(0xa8 | 0xa9)) =>
            {
                out.extend_from_slice(b"\\u202");
                out.push(b'8' + (json[at + 1] & 1));
                at += 2;
            }
            _ => out.push(byte),
        }
    }
}

/// Lays compact JSON out over lines, indented by two blanks, as Go's `json.Indent`.
pub fn indent(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() * 2);
    let mut depth = 0usize;
    let mut at = 0;
    let newline = |out: &mut Vec<u8>, depth: usize| {
        out.push(b'\n');
        out.resize(out.len() + 2 * depth, b' ');
    };
    while at < json.len() {
        let byte = json[at];
        at += 1;
        match byte {
            b'"' => {
                let start = at - 1;
                while json.get(at).is_some_and(|&byte| byte != b'"') {
                    at += if json[at] == b'\\' { 2 } else { 1 };
                }
                at = (at + 1).min(json.len());
                out.extend_from_slice(&json[start..at]);
            }
            b'{' | b'[' => {
                out.push(byte);
                if let Some(b'}' | b']') = json.get(at) {
                    out.push(json[at]);
                    at += 1;
                } else {
                    depth += 1;
                    newline(&mut out, depth);
                }
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                newline(&mut out, depth);
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                newline(&mut out, depth);
            }
            b':' => out.extend_from_slice(b": "),
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => out.push(byte),
        }
    }
    out
}

fn write_escape(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    match byte {
        b'"' => out.extend_from_slice(b"\\\""),
        b'\\' => out.extend_from_slice(b"\\\\"),
        0x08 => out.extend_from_slice(b"\\b"),
        0x0c => out.extend_from_slice(b"\\f"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        _ => {
            out.extend_from_slice(b"\\u00");
            out.push(HEX[usize::from(byte >> 4)]);
            out.push(HEX[usize::from(byte & 15)]);
        }
    }
}

/// Bytes that stand for themselves in a JSON string (0xe2 may begin U+2028).
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte < 0x20 {
        plain[byte] = false;
        byte += 1;
    }
    plain[b'"' as usize] = false;
    plain[b'\\' as usize] = false;
    plain[b'<' as usize] = false;
    plain[b'>' as usize] = false;
    plain[b'&' as usize] = false;
    plain[0xe2] = false;
    plain
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_string(text: &str, json: &str) {
        let mut out = Vec::new();
        write_str(&mut out, text);
        assert_eq!(String::from_utf8(out).unwrap(), json);
        assert_eq!(unescape(&json.as_bytes()[1..json.len() - 1]), text);
    }

    #[test]
    fn escapes_strings_for_html() {
        check_string("plain é €", "\"plain é €\"");
        check_string("<a>&\"\\", "\"\\u003ca\\u003e\\u0026\\\"\\\\\"");
        check_string("\u{8}\u{c}\n\r\t\u{1}\u{7f}", "\"\\b\\f\\n\\r\\t\\u0001\u{7f}\"");
        check_string("\u{2028}\u{2029}\u{2030}", "\"\\u2028\\u2029\u{2030}\"");
    }

    #[test]
    fn finds_the_first_byte_that_needs_care_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for at in 0..19 {
                let mut text = [b'a'; 19];
                text[at] = byte;
                let plain = PLAIN[usize::from(byte)] && byte < 0x80;
                assert_eq!(is_plain(&text), plain, "{byte} at {at}");
                assert_eq!(is_plain(&text[at..]), plain, "{byte} at the beginning");
                assert_eq!(is_plain(&text[..=at]), plain, "{byte} at the end");
                if let Some(word) = text.first_chunk().filter(|_| at < 8) {
                    let found = odd_bytes(*word).trailing_zeros() / 8;
                    assert_eq!(found, if plain { 8 } else { at as u32 }, "{byte} at {at}");
                }
            }
        }
    }

    #[test]
    fn replaces_invalid_bytes_one_by_one() {
        assert_eq!(to_text(b"a\xe2\x82b\xff"), "a\u{fffd}\u{fffd}b\u{fffd}");
        let mut out = Vec::new();
        write_bytes(&mut out, b"<\xe2\x82");
        assert_eq!(out, b"\"\\u003c\\ufffd\\ufffd\"");
    }

    #[test]
    fn joins_surrogates_and_replaces_lone_ones() {
        assert_eq!(unescape(b"\\ud83d\\ude00"), "😀");
        assert_eq!(unescape(b"\\ud83dx\\ude00"), "\u{fffd}x\u{fffd}");
        assert_eq!(unescape(b"a\\/\\u00e9"), "a/é");
    }

    #[test]
    fn compacts_and_indents() {
        let mut out = Vec::new();
        write_compact(&mut out, b"{ \"a b\" : [ 1 , \"<\\\" \" ] }");
        assert_eq!(out, b"{\"a b\":[1,\"\\u003c\\\" \"]}");
        let pretty = indent(b"{\"a\":[1,{}],\"b\":[]}");
        let expected = "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}";
        assert_eq!(String::from_utf8(pretty).unwrap(), expected);
    }
}

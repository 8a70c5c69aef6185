//! JSON text and quoted strings exactly as Go's `encoding/json` and `strconv.Quote` print them.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

/// Prints `value` as Go's `json.Marshal` does: compact, with `<`, `>`, `&`, U+2028 and U+2029
/// escaped, and floats in Go's notation.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> String {
    String::from_utf8(to_vec(value)).expect("JSON text is UTF-8")
}

/// As [`to_string`], as bytes.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    value
        .serialize(&mut Serializer::with_formatter(&mut out, GoFormatter))
        .expect("trees and derived types with string keys always serialize");
    out
}

/// The [`Formatter`] behind [`to_string`], for callers that write to a stream of their own.
#[derive(Clone, Copy, Debug, Default)]
pub struct GoFormatter;

impl Formatter for GoFormatter {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            out.write_all(&rest.as_bytes()[..at])?;
            let c = rest[at..].chars().next().expect("find returned a char's start");
            write!(out, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }

    fn write_f64<W: ?Sized + io::Write>(&mut self, out: &mut W, value: f64) -> io::Result<()> {
        out.write_all(float(value).as_bytes())
    }

    fn write_f32<W: ?Sized + io::Write>(&mut self, out: &mut W, value: f32) -> io::Result<()> {
        out.write_all(float(f64::from(value)).as_bytes())
    }
}

/// Prints a float as Go's `encoding/json` does (`floatEncoder`).
pub fn float(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        exponent_form(value, 1)
    } else {
        format!("{value}")
    }
}

/// Prints a float as Go's `%v` does: shortest digits, exponent below 1e-4 and from 1e21.
pub fn float_verb(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "NaN".to_owned()
        } else {
            format!("{value:+}").replace("inf", "Inf")
        };
    }
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-4..1e21).contains(&magnitude) {
        exponent_form(value, 2)
    } else {
        format!("{value}")
    }
}

fn exponent_form(value: f64, exponent_digits: usize) -> String {
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').expect("LowerExp prints an exponent");
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ('-', digits),
        None => ('+', exponent),
    };
    format!("{mantissa}e{sign}{digits:0>exponent_digits$}")
}

/// Prints a tree as Go's `%v` prints the decoded JSON: `map[a:1 b:[x y]]`.
pub fn verb(value: &Value) -> String {
    let mut out = String::new();
    push_verb(&mut out, value);
    out
}

fn push_verb(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("<nil>"),
        Value::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => out.push_str(&float_verb(float)),
            _ => out.push_str(&number.to_string()),
        },
        Value::String(text) => out.push_str(text),
        Value::Array(list) => {
            out.push('[');
            for (i, element) in list.iter().enumerate() {
                if i > 0 {
                    out.push(' ');
                }
                push_verb(out, element);
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push_str("map[");
            for (i, (key, element)) in map.iter().enumerate() {
                if i > 0 {
                    out.push(' ');
                }
                out.push_str(key);
                out.push(':');
                push_verb(out, element);
            }
            out.push(']');
        }
    }
}

/// Quotes a string as Go's `strconv.Quote` (the verb `%q`) does.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0b' => out.push_str("\\v"),
            c if is_print(c) => out.push(c),
            c => {
                let code = u32::from(c);
                let result = if c < ' ' || c == '\x7f' {
                    write!(out, "\\x{code:02x}")
                } else if code < 0x10000 {
                    write!(out, "\\u{code:04x}")
                } else {
                    write!(out, "\\U{code:08x}")
                };
                result.expect("writing to a string never fails");
            }
        }
    }
    out.push('"');
    out
}

/// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space.
fn is_print(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    // A combining mark is printed as it is only where it does not start the string.
    let pair: String = ['a', c].iter().collect();
    !pair.escape_debug().to_string().contains('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_quote(text: &str, want: &str) {
        assert_eq!(quote(text), want);
    }

    #[test]
    fn quotes_as_go() {
        check_quote("plain", "\"plain\"");
        check_quote("a\"b\\c", r#""a\"b\\c""#);
        check_quote("\u{7}\u{8}\u{c}\n\r\t\u{b}", r#""\a\b\f\n\r\t\v""#);
        check_quote("\0\u{1f}\u{7f}", r#""\x00\x1f\x7f""#);
        check_quote("é日e\u{301}", "\"é日e\u{301}\"");
        check_quote("\u{a0}\u{feff}\u{e000}\u{10ffff}", r#""\u00a0\ufeff\ue000\U0010ffff""#);
    }

    #[test]
    fn json_is_escaped_for_html() {
        let value = serde_json::json!({"a": "<b>&\u{2028}\n", "n": 1e21, "s": 1e-7, "f": 0.5});
        assert_eq!(
            to_string(&value),
            r#"{"a":"\u003cb\u003e\u0026\u2028\n","f":0.5,"n":1e+21,"s":1e-7}"#
        );
        assert_eq!(
            verb(&serde_json::json!({"b": [1, "x", null], "a": {"c": 1.5}, "d": true})),
            "map[a:map[c:1.5] b:[1 x <nil>] d:true]"
        );
        assert_eq!(float(100.0), "100");
        assert_eq!(float_verb(1e-5), "1e-05");
        assert_eq!([f64::NAN, f64::INFINITY].map(float_verb), ["NaN", "+Inf"]);
        assert_eq!(float_verb(1.5e22), "1.5e+22");
    }
}

//! What a scalar without quotes stands for (`go.yaml.in/yaml/v2` `resolve`).

use pintle_machinery::{Number, Value};

/// A resolved scalar.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    /// Printed like a string, but not a plain one.
    Timestamp(String),
    String(String),
}

impl Scalar {
    /// The name of the tag that resolution gives it.
    pub(super) fn tag(&self) -> &'static str {
        match self {
            Scalar::Null => "!!null",
            Scalar::Bool(_) => "!!bool",
            Scalar::Int(_) | Scalar::Uint(_) => "!!int",
            Scalar::Float(_) => "!!float",
            Scalar::Timestamp(_) => "!!timestamp",
            Scalar::String(_) => "!!str",
        }
    }

    /// The JSON value; or the float that JSON cannot hold.
    pub(super) fn into_value(self) -> Result<Value, f64> {
        Ok(match self {
            Scalar::Null => Value::Null,
            Scalar::Bool(value) => Value::Bool(value),
            Scalar::Int(value) => Value::from(value),
            Scalar::Uint(value) => Value::from(value),
            Scalar::Float(value) => Value::Number(Number::from_f64(value).ok_or(value)?),
            Scalar::Timestamp(text) | Scalar::String(text) => Value::String(text),
        })
    }
}

/// Resolves a plain scalar.
pub(super) fn resolve(text: &str) -> Scalar {
    let Some(&first) = text.as_bytes().first() else { return Scalar::Null };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => word(text),
        b'.' => match word(text) {
            Scalar::String(_) => fraction(text).map_or_else(|| string(text), Scalar::Float),
            special => special,
        },
        b'+' | b'-' | b'0'..=b'9' => match word(text) {
            Scalar::String(_) => number(text),
            special => special,
        },
        _ => string(text),
    }
}

fn string(text: &str) -> Scalar {
    Scalar::String(text.to_owned())
}

fn word(text: &str) -> Scalar {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Scalar::Float(f64::NEG_INFINITY),
        _ => string(text),
    }
}

fn number(text: &str) -> Scalar {
    if is_timestamp(text) {
        return Scalar::Timestamp(text.to_owned());
    }
    let plain: String = text.chars().filter(|&c| c != '_').collect();
    let (sign, digits) = match plain.as_bytes() {
        [b'-', ..] => ("-", &plain[1..]),
        [b'+', ..] => ("", &plain[1..]),
        _ => ("", plain.as_str()),
    };
    let (radix, digits) = radix_of(digits);
    if digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        if let Ok(value) = i64::from_str_radix(&format!("{sign}{digits}"), radix) {
            return Scalar::Int(value);
        }
        // Go parses unsigned numbers without a sign only.
        let signed = plain.starts_with(['-', '+']);
        if let (false, Ok(value)) = (signed, u64::from_str_radix(digits, radix)) {
            return Scalar::Uint(value);
        }
    }
    if let Some(value) = float(&plain) {
        return Scalar::Float(value);
    }
    // Upstream tries numbers to base 2 a second time, now with a sign behind the prefix.
    match plain.strip_prefix("0b").map(|digits| i64::from_str_radix(digits, 2)) {
        Some(Ok(value)) => Scalar::Int(value),
        _ => string(text),
    }
}

/// The base that Go reads off a number's prefix.
fn radix_of(digits: &str) -> (u32, &str) {
    let prefix = digits.get(..2).map(str::to_ascii_lowercase);
    match prefix.as_deref() {
        Some("0x") => (16, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some(two) if two.starts_with('0') => (8, &digits[1..]),
        _ => (10, digits),
    }
}

/// A float that begins with its point, in which `_` may stand between digits
/// (`strconv.ParseFloat`).
fn fraction(text: &str) -> Option<f64> {
    let mut groups = text.split('_').peekable();
    while let Some(group) = groups.next() {
        if let Some(next) = groups.peek() {
            let between = group.ends_with(|c: char| c.is_ascii_digit())
                && next.starts_with(|c: char| c.is_ascii_digit());
            if !between {
                return None;
            }
        }
    }
    float(&text.replace('_', ""))
}

/// A float of YAML's form: digits, a point, an exponent.
fn float(text: &str) -> Option<f64> {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (body, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let well_formed = digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        });
    text.parse().ok().filter(|value: &f64| well_formed && value.is_finite())
}

/// Whether a text looks like a date or a moment (`parseTimestamp`).
pub(super) fn is_timestamp(text: &str) -> bool {
    let year = text.bytes().take_while(u8::is_ascii_digit).count();
    if year != 4 || text.as_bytes().get(4) != Some(&b'-') {
        return false;
    }
    let Some((month, rest)) = short_number(&text[5..], 1..=12) else { return false };
    let Some(rest) = rest.strip_prefix('-') else { return false };
    let Some((day, rest)) = short_number(rest, 1..=31) else { return false };
    let year: u32 = text[..4].parse().unwrap_or_default();
    if day > days_in(year, month) {
        return false;
    }
    match rest.chars().next() {
        None => true,
        Some('T' | 't') => clock(&rest[1..]).is_some_and(is_zone),
        Some(' ') => clock(&rest[1..]).is_some_and(str::is_empty),
        Some(_) => false,
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Hours, minutes, seconds and perhaps decimals; returns what follows.
fn clock(text: &str) -> Option<&str> {
    let (_, rest) = short_number(text, 0..=23)?;
    let (_, rest) = short_number(rest.strip_prefix(':')?, 0..=59)?;
    let (_, rest) = short_number(rest.strip_prefix(':')?, 0..=59)?;
    let Some(decimals) = rest.strip_prefix(['.', ',']) else { return Some(rest) };
    let count = decimals.bytes().take_while(u8::is_ascii_digit).count();
    (count > 0).then(|| &decimals[count..])
}

fn is_zone(text: &str) -> bool {
    let Some(offset) = text.strip_prefix(['+', '-']) else { return text == "Z" };
    match offset.as_bytes() {
        [a, b, b':', c, d] => {
            let two = |a: u8, b: u8| {
                (a.is_ascii_digit() && b.is_ascii_digit())
                    .then(|| u32::from(a - b'0') * 10 + u32::from(b - b'0'))
            };
            two(*a, *b).is_some_and(|hours| hours <= 24)
                && two(*c, *d).is_some_and(|minutes| minutes <= 60)
        }
        _ => false,
    }
}

/// One or two digits within a range.
fn short_number(text: &str, range: std::ops::RangeInclusive<u32>) -> Option<(u32, &str)> {
    let count = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let value: u32 = text[..count].parse().ok()?;
    range.contains(&value).then(|| (value, &text[count..]))
}

/// Whether a text is a number to base 60, which YAML 1.1 knows and upstream quotes.
pub(super) fn is_base60(text: &str) -> bool {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut parts = body.split(':');
    let whole = parts.next().unwrap_or_default();
    let leading = whole.starts_with(|c: char| c.is_ascii_digit())
        && whole.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let mut rest: Vec<&str> = parts.collect();
    let Some(last) = rest.pop() else { return false };
    let (last, decimals) = last.split_once('.').unwrap_or((last, ""));
    let sixty = |part: &str| match part.as_bytes() {
        [digit] => digit.is_ascii_digit(),
        [tens @ b'0'..=b'5', digit] => tens.is_ascii_digit() && digit.is_ascii_digit(),
        _ => false,
    };
    leading
        && rest.into_iter().all(sixty)
        && sixty(last)
        && decimals.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
}

/// Prints a float as Go's `strconv.FormatFloat(value, 'g', -1, ..)`, given its shortest form with
/// an exponent as Rust prints it.
pub(super) fn general(scientific: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    // Of the shortest form, Go takes %e below 1e-4 and from 1e6 on.
    if !(-4..6).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", exponent.abs());
    }
    let value: f64 = scientific.parse().unwrap_or_default();
    format!("{value}")
}

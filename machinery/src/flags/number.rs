//! Go's `strconv` for flags: bases by prefix, underscores, its error texts.

use crate::json::quote;

fn fail<T>(function: &str, text: &str, what: &str) -> Result<T, String> {
    Err(format!("strconv.{function}: parsing {}: {what}", quote(text)))
}

const SYNTAX: &str = "invalid syntax";
const RANGE: &str = "value out of range";

/// The magnitude of a number whose base is told by its prefix; None is a syntax error.
fn magnitude(text: &str) -> Option<Result<u64, ()>> {
    let lower = text.to_ascii_lowercase();
    let (base, digits) = if let Some(digits) = lower.strip_prefix("0x") {
        (16, digits)
    } else if let Some(digits) = lower.strip_prefix("0b") {
        (2, digits)
    } else if let Some(digits) = lower.strip_prefix("0o") {
        (8, digits)
    } else if lower.len() > 1 && lower.starts_with('0') {
        (8, &lower[1..])
    } else {
        (10, lower.as_str())
    };
    // An underscore stands between digits, or after the prefix.
    let prefixed = base != 10;
    let misplaced =
        digits.ends_with('_') || digits.contains("__") || (digits.starts_with('_') && !prefixed);
    let digits = digits.replace('_', "");
    if misplaced || digits.is_empty() || !digits.chars().all(|c| c.is_digit(base)) {
        return None;
    }
    Some(u64::from_str_radix(&digits, base).map_err(drop))
}

/// `strconv.ParseInt(text, 0, bits)`.
pub(super) fn int(text: &str, bits: u32) -> Result<i64, String> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let Some(magnitude) = magnitude(digits) else { return fail("ParseInt", text, SYNTAX) };
    let limit = 1_u64 << (bits - 1);
    match magnitude {
        Ok(number) if negative && number <= limit => Ok((number as i64).wrapping_neg()),
        Ok(number) if !negative && number < limit => Ok(number as i64),
        _ => fail("ParseInt", text, RANGE),
    }
}

/// `strconv.ParseUint(text, 0, bits)`.
pub(super) fn uint(text: &str, bits: u32) -> Result<i64, String> {
    let Some(magnitude) = magnitude(text) else { return fail("ParseUint", text, SYNTAX) };
    let fits = |number: &u64| bits == 64 || *number < 1 << bits;
    let number = magnitude.ok().filter(fits).and_then(|number| i64::try_from(number).ok());
    number.map_or_else(|| fail("ParseUint", text, RANGE), Ok)
}

/// `strconv.ParseUint(text, 10, 32)`, for klog's verbosity.
pub(super) fn level(text: &str) -> Result<i64, String> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return fail("ParseUint", text, SYNTAX);
    }
    text.parse::<u32>().map(i64::from).or_else(|_| fail("ParseUint", text, RANGE))
}

/// `strconv.ParseFloat(text, bits)`.
pub(super) fn float(text: &str, bits: u32) -> Result<f64, String> {
    let Ok(number) = text.parse::<f64>() else { return fail("ParseFloat", text, SYNTAX) };
    let overflows = number.is_infinite() || (bits == 32 && number.abs() > f64::from(f32::MAX));
    let named = text.trim_start_matches(['+', '-']).starts_with(['i', 'I']);
    if overflows && !named { fail("ParseFloat", text, RANGE) } else { Ok(number) }
}

/// `strconv.ParseBool`.
pub(super) fn bool(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(false),
        _ => fail("ParseBool", text, SYNTAX),
    }
}

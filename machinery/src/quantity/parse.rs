//! Reading a quantity (`ParseQuantity`).

use super::amount::Scaled;
use super::decimal::Decimal;
use super::{Amount, Format, ParseError, Quantity};

/// More digits than this are refused: the work grows with their square.
const MAX_DIGITS: usize = 20_000;

/// A quantity's text in parts (`parseQuantityString`).
struct Parts<'a> {
    positive: bool,
    /// Digits before the point, without leading zeros but never empty.
    whole: &'a str,
    /// Digits after the point.
    fraction: &'a str,
    suffix: &'a str,
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn split(text: &str) -> Result<Parts<'_>, ParseError> {
    let (positive, unsigned) = match text.as_bytes()[0] {
        b'-' => (false, &text[1..]),
        b'+' => (true, &text[1..]),
        _ => (true, text),
    };
    let significant = unsigned.trim_start_matches('0');
    if significant.is_empty() {
        return Ok(Parts { positive, whole: "0", fraction: "", suffix: "" });
    }
    let (whole, rest) = significant.split_at(digits(significant));
    let whole = if whole.is_empty() { "0" } else { whole };
    let (fraction, suffix) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(digits(rest)),
        None => ("", rest),
    };
    let exponent = suffix.trim_start_matches(|c| "eEinumkKMGTP".contains(c));
    if !exponent.is_empty() {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        if digits(exponent) != exponent.len() {
            return Err(ParseError::Format);
        }
    }
    Ok(Parts { positive, whole, fraction, suffix })
}

/// Base, exponent and format of a suffix (`suffixHandler.interpret`).
fn interpret(suffix: &str) -> Option<(u32, i32, Format)> {
    let decimal = |exponent| Some((10, exponent, Format::DecimalSi));
    let binary = |exponent| Some((2, exponent, Format::BinarySi));
    match suffix {
        "" => decimal(0),
        "n" => decimal(-9),
        "u" => decimal(-6),
        "m" => decimal(-3),
        "k" => decimal(3),
        "M" => decimal(6),
        "G" => decimal(9),
        "T" => decimal(12),
        "P" => decimal(15),
        "E" => decimal(18),
        "Ki" => binary(10),
        "Mi" => binary(20),
        "Gi" => binary(30),
        "Ti" => binary(40),
        "Pi" => binary(50),
        "Ei" => binary(60),
        _ => {
            let exponent: i64 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
            // Upstream keeps the low half of an exponent that does not fit.
            Some((10, exponent as i32, Format::DecimalExponent))
        }
    }
}

pub(super) fn parse(text: &str) -> Result<Quantity, ParseError> {
    if text.is_empty() {
        return Err(ParseError::Format);
    }
    if text == "0" {
        return Ok(Quantity { text: Some("0".into()), ..Quantity::default() });
    }
    let parts = split(text)?;
    let (base, exponent, format) = interpret(parts.suffix).ok_or(ParseError::Suffix)?;
    if let Some(quantity) = small(text, &parts, exponent, format) {
        return Ok(quantity);
    }
    let number = &text[..text.len() - parts.suffix.len()];
    let digits = parts.whole.len() + parts.fraction.len();
    if digits > MAX_DIGITS || !number.contains(|c: char| c.is_ascii_digit()) {
        return Err(ParseError::Numeric);
    }
    let fraction_length = parts.fraction.len() as i32;
    let mut amount =
        Decimal::from_digits(&[parts.whole, parts.fraction].concat(), -fraction_length)
            .ok_or(ParseError::Numeric)?;
    if base == 10 {
        amount.shift(exponent);
    } else {
        amount.shift_left(exponent as u32);
    }
    // Whoever asks for some gets some: what is too small is rounded up, not down to zero.
    amount = amount.rounded_up(-9).expanded(-9);
    let mut format = format;
    if format == Format::BinarySi {
        amount = amount.min(&Decimal::from_i64(i64::MAX));
        if amount.sign() > 0 && amount.compare(&Decimal::from_i64(1)).is_lt() {
            format = Format::DecimalSi;
        }
    }
    if !parts.positive {
        amount = amount.negated();
    }
    Ok(Quantity { amount: Amount::Big(amount), format, text: None })
}

/// The usual case: few enough digits for an `i64`.
fn small(text: &str, parts: &Parts<'_>, exponent: i32, format: Format) -> Option<Quantity> {
    let length = (parts.whole.len() + parts.fraction.len()) as i32;
    let (mut scale, precision, mantissa) = match format {
        Format::DecimalExponent | Format::DecimalSi => (exponent, 18 - length, 1),
        Format::BinarySi if exponent >= 0 && parts.fraction.is_empty() => {
            (0, 15 - parts.whole.len() as i32 - exponent * 3 / 10 - 1, 1_i64 << exponent)
        }
        Format::BinarySi => return None,
    };
    if precision < 0 {
        return None;
    }
    scale = scale.wrapping_sub(parts.fraction.len() as i32);
    if scale < -9 {
        return None;
    }
    let shifted = [parts.whole, parts.fraction].concat();
    let number: i64 = shifted.parse().ok()?;
    let value = number.checked_mul(mantissa)?;
    let value = if parts.positive { value } else { -value };
    let canonical = match format {
        Format::BinarySi => exponent % 10 == 0 && number & 7 != 0,
        _ => scale % 3 == 0 && !shifted.ends_with("000") && !shifted.starts_with('0'),
    };
    let amount = Amount::Small(Scaled { value, scale });
    Some(Quantity { amount, format, text: canonical.then(|| text.into()) })
}

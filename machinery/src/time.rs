//! Times and durations as Go parses and prints them.

use std::fmt::{self, Write as _};

use crate::Value;

const RFC3339: &str = "2006-01-02T15:04:05Z07:00";
const RFC3339_MICRO: &str = "2006-01-02T15:04:05.000000Z07:00";

/// A moment: seconds and nanoseconds since 1970, always printed in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Nanoseconds within the second.
    pub nanos: u32,
}

impl Time {
    /// Go's zero time, which JSON shows as null: 0001-01-01T00:00:00Z.
    pub const ZERO: Time = Time { seconds: -62_135_596_800, nanos: 0 };

    /// A moment.
    pub const fn new(seconds: i64, nanos: u32) -> Time {
        Time { seconds, nanos }
    }

    /// True for Go's zero time.
    pub fn is_zero(&self) -> bool {
        *self == Time::ZERO
    }

    /// Parses RFC 3339 as Go's `time.Parse(time.RFC3339, ..)`, for `meta/v1.Time`.
    pub fn parse(text: &str) -> Result<Time, ParseError> {
        parse(text, RFC3339, 0)
    }

    /// Parses as `meta/v1.MicroTime` does: exactly six decimals.
    pub fn parse_micro(text: &str) -> Result<Time, ParseError> {
        parse(text, RFC3339_MICRO, 6)
    }

    /// The wire form of `meta/v1.Time`: `2006-01-02T15:04:05Z`.
    pub fn rfc3339(&self) -> String {
        let mut out = String::with_capacity(20);
        self.write_date_time(&mut out);
        out.push('Z');
        out
    }

    /// The wire form of `meta/v1.MicroTime`: `2006-01-02T15:04:05.000000Z`.
    pub fn rfc3339_micro(&self) -> String {
        let mut out = String::with_capacity(27);
        self.write_date_time(&mut out);
        out.push('.');
        push_padded(&mut out, u64::from(self.nanos / 1000), 6);
        out.push('Z');
        out
    }

    /// Go's `time.RFC3339Nano`: as many decimals as there are.
    pub fn rfc3339_nano(&self) -> String {
        let mut out = String::with_capacity(30);
        self.write_date_time(&mut out);
        if self.nanos != 0 {
            out.push('.');
            push_padded(&mut out, u64::from(self.nanos), 9);
            out.truncate(out.trim_end_matches('0').len());
        }
        out.push('Z');
        out
    }

    /// The canonical tree: the RFC 3339 string, or null for the zero time.
    pub fn to_value(&self) -> Value {
        if self.is_zero() { Value::Null } else { Value::String(self.rfc3339()) }
    }

    /// The canonical tree of a `MicroTime`, or null for the zero time.
    pub fn to_micro_value(&self) -> Value {
        if self.is_zero() { Value::Null } else { Value::String(self.rfc3339_micro()) }
    }

    /// The time from `earlier` to this one, saturating as Go's `Time.Sub`.
    pub fn since(&self, earlier: Time) -> Duration {
        let nanos = (i128::from(self.seconds) - i128::from(earlier.seconds)) * 1_000_000_000
            + i128::from(self.nanos)
            - i128::from(earlier.nanos);
        Duration(i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX }))
    }

    /// This moment moved by a duration.
    pub fn plus(&self, duration: Duration) -> Time {
        let nanos = i64::from(self.nanos) + duration.0.rem_euclid(1_000_000_000);
        Time {
            seconds: self
                .seconds
                .saturating_add(duration.0.div_euclid(1_000_000_000))
                .saturating_add(nanos / 1_000_000_000),
            nanos: (nanos % 1_000_000_000) as u32,
        }
    }

    fn write_date_time(&self, out: &mut String) {
        let days = self.seconds.div_euclid(86_400);
        let second = self.seconds.rem_euclid(86_400) as u64;
        let (year, month, day) = civil_from_days(days);
        if year < 0 {
            out.push('-');
        }
        push_padded(out, year.unsigned_abs(), 4);
        out.push('-');
        push_padded(out, u64::from(month), 2);
        out.push('-');
        push_padded(out, u64::from(day), 2);
        out.push('T');
        push_padded(out, second / 3600, 2);
        out.push(':');
        push_padded(out, second / 60 % 60, 2);
        out.push(':');
        push_padded(out, second % 60, 2);
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// Why a text is not a time; prints Go's `time.ParseError`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("parsing time {}{rest}", quote(.value))]
pub struct ParseError {
    value: String,
    rest: String,
}

/// Reads the elements of one of the two layouts from the front of the text.
struct Scanner<'a> {
    layout: &'static str,
    whole: &'a str,
    rest: &'a str,
}

impl Scanner<'_> {
    fn cannot_parse(&self, element: &str) -> ParseError {
        let rest = format!(
            " as {}: cannot parse {} as {}",
            quote(self.layout),
            quote(self.rest),
            quote(element)
        );
        ParseError { value: self.whole.to_owned(), rest }
    }

    fn failed(&self, message: impl fmt::Display) -> ParseError {
        ParseError { value: self.whole.to_owned(), rest: format!(": {message}") }
    }

    fn literal(&mut self, literal: char) -> Result<(), ParseError> {
        self.rest = self
            .rest
            .strip_prefix(literal)
            .ok_or_else(|| self.cannot_parse(&literal.to_string()))?;
        Ok(())
    }

    fn digits(&self, count: usize) -> Option<u32> {
        let digits = self.rest.as_bytes().get(..count)?;
        digits.iter().try_fold(0, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
        })
    }

    /// Two digits, or one where Go's layout allows it, within a range.
    fn number(
        &mut self,
        element: &str,
        one_digit: bool,
        range: std::ops::RangeInclusive<u32>,
        what: &str,
    ) -> Result<u32, ParseError> {
        let (number, length) = match (self.digits(2), self.digits(1)) {
            (Some(number), _) => (number, 2),
            (None, Some(number)) if one_digit => (number, 1),
            _ => return Err(self.cannot_parse(element)),
        };
        if !range.contains(&number) {
            return Err(self.failed(format_args!("{what} out of range")));
        }
        self.rest = &self.rest[length..];
        Ok(number)
    }

    fn fraction_follows(&self) -> bool {
        let bytes = self.rest.as_bytes();
        bytes.len() >= 2 && matches!(bytes[0], b'.' | b',') && bytes[1].is_ascii_digit()
    }

    /// Any number of decimals, of which nine count.
    fn fraction(&mut self) -> u32 {
        let digits = &self.rest.as_bytes()[1..];
        let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let nanos = (0..9).fold(0, |nanos, i| {
            let digit = digits[..length].get(i).map_or(0, |byte| u32::from(byte - b'0'));
            nanos * 10 + digit
        });
        self.rest = &self.rest[1 + length..];
        nanos
    }

    /// Exactly six decimals after a point or comma.
    fn micros(&mut self) -> Result<u32, ParseError> {
        let element = ".000000";
        let bytes = self.rest.as_bytes();
        if bytes.len() < 7 || !matches!(bytes[0], b'.' | b',') {
            return Err(self.cannot_parse(element));
        }
        let mut digits = Scanner { rest: self.rest.get(1..).unwrap_or(""), ..*self };
        let Some(micros) = digits.digits(6) else { return Err(self.cannot_parse(element)) };
        digits.rest = &digits.rest[6..];
        self.rest = digits.rest;
        Ok(micros * 1000)
    }

    /// `Z` or `+hh:mm`, as seconds east of UTC.
    fn zone(&mut self) -> Result<i64, ParseError> {
        if let Some(rest) = self.rest.strip_prefix('Z') {
            self.rest = rest;
            return Ok(0);
        }
        let bytes = self.rest.as_bytes();
        let two = |at: usize| -> Option<i64> {
            let (tens, ones) = (bytes[at], bytes[at + 1]);
            (tens.is_ascii_digit() && ones.is_ascii_digit())
                .then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
        };
        if bytes.len() < 6 || bytes[3] != b':' {
            return Err(self.cannot_parse("Z07:00"));
        }
        let hours = two(1);
        let minutes = hours.and_then(|_| two(4));
        if hours.is_some_and(|hours| hours > 24) {
            return Err(self.failed("time zone offset hour out of range"));
        }
        if minutes.is_some_and(|minutes| minutes > 60) {
            return Err(self.failed("time zone offset minute out of range"));
        }
        let (Some(hours), Some(minutes)) = (hours, minutes) else {
            return Err(self.cannot_parse("Z07:00"));
        };
        let offset = (hours * 60 + minutes) * 60;
        let offset = match bytes[0] {
            b'+' => offset,
            b'-' => -offset,
            _ => return Err(self.cannot_parse("Z07:00")),
        };
        self.rest = &self.rest[6..];
        Ok(offset)
    }
}

/// Go's `time.Parse` for the two layouts of the API, with its leniencies: one-digit hours, a comma
/// before the fraction, any number of decimals where the layout has none.
fn parse(text: &str, layout: &'static str, decimals: usize) -> Result<Time, ParseError> {
    let mut scanner = Scanner { layout, whole: text, rest: text };
    let Some(year) = scanner.digits(4) else { return Err(scanner.cannot_parse("2006")) };
    scanner.rest = &scanner.rest[4..];
    scanner.literal('-')?;
    let month = scanner.number("01", false, 1..=12, "month")?;
    scanner.literal('-')?;
    let day = scanner.number("02", false, 0..=99, "day")?;
    scanner.literal('T')?;
    let hour = scanner.number("15", true, 0..=23, "hour")?;
    scanner.literal(':')?;
    let minute = scanner.number("04", false, 0..=59, "minute")?;
    scanner.literal(':')?;
    let second = scanner.number("05", false, 0..=59, "second")?;
    let nanos = if decimals > 0 {
        scanner.micros()?
    } else if scanner.fraction_follows() {
        scanner.fraction()
    } else {
        0
    };
    let offset = scanner.zone()?;
    if !scanner.rest.is_empty() {
        return Err(scanner.failed(format_args!("extra text: {}", quote(scanner.rest))));
    }
    if day < 1 || day > days_in_month(year, month) {
        return Err(scanner.failed("day out of range"));
    }
    let days = days_from_civil(i64::from(year), month, day);
    let seconds = days * 86_400 + i64::from(hour * 3600 + minute * 60 + second) - offset;
    Ok(Time { seconds, nanos })
}

fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = i64::from((month + 9) % 12);
    let day_of_year = (153 * shifted_month + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
    let month = (if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 }) as u32;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

fn push_padded(out: &mut String, number: u64, width: usize) {
    let digits = number.to_string();
    out.extend(std::iter::repeat_n('0', width.saturating_sub(digits.len())));
    out.push_str(&digits);
}

/// Go's private `time.quote`, which escapes bytes rather than characters.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if c.is_ascii() && c >= ' ' {
            if matches!(c, '"' | '\\') {
                out.push('\\');
            }
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                write!(out, "\\x{byte:02x}").expect("writing to a string never fails");
            }
        }
    }
    out.push('"');
    out
}

/// A span of time in nanoseconds, as Go's `time.Duration`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(pub i64);

/// Why a text is not a duration; prints Go's error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("time: {message} {}", quote(.value))]
pub struct DurationError {
    message: String,
    value: String,
}

impl Duration {
    /// Whole seconds.
    pub const fn from_secs(seconds: i64) -> Duration {
        Duration(seconds.saturating_mul(1_000_000_000))
    }

    /// Whole milliseconds.
    pub const fn from_millis(millis: i64) -> Duration {
        Duration(millis.saturating_mul(1_000_000))
    }

    /// The seconds, truncated towards zero.
    pub const fn as_secs(self) -> i64 {
        self.0 / 1_000_000_000
    }

    /// As the standard library's type; a negative one becomes zero.
    pub fn to_std(self) -> std::time::Duration {
        std::time::Duration::from_nanos(u64::try_from(self.0).unwrap_or(0))
    }

    /// Go's `time.ParseDuration`.
    pub fn parse(text: &str) -> Result<Duration, DurationError> {
        let fail =
            |message: &str| DurationError { message: message.to_owned(), value: text.to_owned() };
        let invalid = || fail("invalid duration");
        let (negative, mut rest) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        if rest == "0" {
            return Ok(Duration(0));
        }
        if rest.is_empty() {
            return Err(invalid());
        }
        let mut total: u64 = 0;
        while !rest.is_empty() {
            let (whole, fraction, after) = duration_number(rest).ok_or_else(invalid)?;
            let end = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
            let (unit, after) = after.split_at(end);
            if unit.is_empty() {
                return Err(fail("missing unit in duration"));
            }
            let nanos = unit_nanos(unit)
                .ok_or_else(|| fail(&format!("unknown unit {} in duration", quote(unit))))?;
            total = whole
                .checked_mul(nanos)
                .and_then(|value| {
                    value.checked_add((fraction.0 as f64 * (nanos as f64 / fraction.1)) as u64)
                })
                .filter(|value| *value <= 1 << 63)
                .and_then(|value| total.checked_add(value))
                .filter(|total| *total <= 1 << 63)
                .ok_or_else(invalid)?;
            rest = after;
        }
        if negative {
            return Ok(Duration((total as i64).wrapping_neg()));
        }
        i64::try_from(total).map(Duration).map_err(|_| invalid())
    }
}

/// Splits `12.5h` into 12, (5, 10) and `h`; None if there are no digits or too many.
fn duration_number(text: &str) -> Option<(u64, (u64, f64), &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let length = digits(text);
    let whole = if length == 0 { 0 } else { text[..length].parse::<u64>().ok()? };
    if whole > 1 << 63 {
        return None;
    }
    let mut rest = &text[length..];
    let (mut fraction, mut scale, mut fraction_length) = (0_u64, 1.0, 0);
    if let Some(after) = rest.strip_prefix('.') {
        fraction_length = digits(after);
        for byte in after[..fraction_length].bytes() {
            if fraction > ((1 << 63) - 1) / 10 {
                break;
            }
            let next = fraction * 10 + u64::from(byte - b'0');
            if next > 1 << 63 {
                break;
            }
            fraction = next;
            scale *= 10.0;
        }
        rest = &after[fraction_length..];
    }
    (length + fraction_length > 0).then_some((whole, (fraction, scale), rest))
}

fn unit_nanos(unit: &str) -> Option<u64> {
    Some(match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

impl fmt::Display for Duration {
    /// Go's `Duration.String`: `1h0m0s`, `1.5s`, `2ms`, `0s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        match nanos {
            0 => f.write_str("0s"),
            1..1000 => write!(f, "{nanos}ns"),
            1000..1_000_000 => write!(f, "{}µs", decimal(nanos, 3)),
            1_000_000..1_000_000_000 => write!(f, "{}ms", decimal(nanos, 6)),
            _ => {
                let minutes = nanos / 60_000_000_000;
                if minutes >= 60 {
                    write!(f, "{}h", minutes / 60)?;
                }
                if minutes > 0 {
                    write!(f, "{}m", minutes % 60)?;
                }
                write!(f, "{}s", decimal(nanos % 60_000_000_000, 9))
            }
        }
    }
}

/// `number / 10^places` without trailing zeros.
fn decimal(number: u64, places: usize) -> String {
    let scale = 10_u64.pow(places as u32);
    let fraction = format!("{:0places$}", number % scale);
    let fraction = fraction.trim_end_matches('0');
    let whole = number / scale;
    if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") }
}

/// An age for humans, as tables show it (`util/duration.HumanDuration`).
pub fn human_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    let two = |big: i64, unit: char, small: i64, small_unit: char| {
        if small == 0 { format!("{big}{unit}") } else { format!("{big}{unit}{small}{small_unit}") }
    };
    if seconds < -1 {
        "<invalid>".to_owned()
    } else if seconds < 0 {
        "0s".to_owned()
    } else if seconds < 120 {
        format!("{seconds}s")
    } else if minutes < 10 {
        two(minutes, 'm', seconds % 60, 's')
    } else if minutes < 60 * 3 {
        format!("{minutes}m")
    } else if hours < 8 {
        two(hours, 'h', minutes % 60, 'm')
    } else if hours < 48 {
        format!("{hours}h")
    } else if hours < 24 * 8 {
        two(hours / 24, 'd', hours % 24, 'h')
    } else if hours < 24 * 365 * 2 {
        format!("{}d", hours / 24)
    } else if hours < 24 * 365 * 8 {
        two(hours / 24 / 365, 'y', hours / 24 % 365, 'd')
    } else {
        format!("{}y", hours / 24 / 365)
    }
}

/// An age in one unit (`util/duration.ShortHumanDuration`).
pub fn short_human_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    if seconds < -1 {
        "<invalid>".to_owned()
    } else if seconds < 0 {
        "0s".to_owned()
    } else if seconds < 60 {
        format!("{seconds}s")
    } else if minutes < 60 {
        format!("{minutes}m")
    } else if hours < 24 {
        format!("{hours}h")
    } else if hours < 24 * 365 {
        format!("{}d", hours / 24)
    } else {
        format!("{}y", hours / 24 / 365)
    }
}

#[cfg(test)]
mod tests;

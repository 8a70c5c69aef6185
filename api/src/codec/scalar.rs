//! Types with a text of their own: base64, quantities, times and durations.

use std::cell::RefCell;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pintle_machinery::quantity::Quantity;
use pintle_machinery::time::{Duration, Time};

use super::text;

/// Prints bytes as JSON shows them.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Writes bytes as a JSON string.
pub(crate) fn write_base64(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'"');
    let start = out.len();
    let size = base64::encoded_len(bytes.len(), true).expect("bytes in memory have a base64 size");
    out.resize(start + size, 0);
    STANDARD.encode_slice(bytes, &mut out[start..]).expect("the buffer has the encoded size");
    out.push(b'"');
}

/// Brings a quantity into the form that is printed (`resource.Quantity.UnmarshalJSON`, `String`).
pub(crate) fn quantity(text: &str) -> Result<String, String> {
    if is_plain_quantity(text.as_bytes()) {
        return Ok(text.to_owned());
    }
    Quantity::parse(text).map(|quantity| quantity.to_string()).map_err(|error| error.to_string())
}

/// Whether a quantity certainly prints as it reads: few digits that no larger suffix can shorten.
pub(crate) fn is_plain_quantity(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, suffix) = text.split_at(digits);
    if !(1..=9).contains(&digits) || number[0] == b'0' {
        return text == b"0";
    }
    match suffix {
        b"" | b"m" | b"k" | b"M" | b"G" | b"T" => !number.ends_with(b"000"),
        b"Ki" | b"Mi" | b"Gi" => {
            let value = number.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
            !value.is_multiple_of(1024)
        }
        _ => false,
    }
}

/// Brings a time into the form that is printed; nothing if it is Go's zero time.
pub(crate) fn time(text: &str) -> Result<Option<String>, String> {
    match Time::parse(text) {
        Ok(time) => {
            Ok((time.seconds != Time::ZERO.seconds || time.nanos != 0).then(|| time.rfc3339()))
        }
        Err(error) => Err(error.to_string()),
    }
}

/// [`time`] with microseconds.
pub(crate) fn micro_time(text: &str) -> Result<Option<String>, String> {
    match Time::parse_micro(text) {
        Ok(time) => Ok((!time.is_zero()).then(|| time.rfc3339_micro())),
        Err(error) => Err(error.to_string()),
    }
}

/// Brings a duration into the form that is printed; nothing if it is zero.
pub(crate) fn duration(text: &str) -> Result<Option<String>, String> {
    match Duration::parse(text) {
        Ok(duration) => Ok((duration.0 != 0).then(|| duration.to_string())),
        Err(error) => Err(error.to_string()),
    }
}

/// Seconds of a tree's time.
pub(crate) fn seconds_of(text: &str) -> Option<i64> {
    Time::parse(text)
        .ok()
        .filter(|time| time.seconds != Time::ZERO.seconds)
        .map(|time| time.seconds)
}

/// Seconds and nanoseconds of a tree's time with microseconds.
pub(crate) fn micros_of(text: &str) -> Option<(i64, u32)> {
    let time = Time::parse_micro(text).ok().filter(|time| !time.is_zero())?;
    Some((time.seconds, time.nanos))
}

/// Nanoseconds of a tree's duration.
pub(crate) fn nanos_of(text: &str) -> i64 {
    Duration::parse(text).map(|duration| duration.0).unwrap_or_default()
}

/// Prints a duration.
pub(crate) fn duration_text(nanos: i64) -> String {
    Duration(nanos).to_string()
}

thread_local! {
    /// The day that was printed last; times in an object mostly fall on few days.
    static LAST_DAY: RefCell<(i64, [u8; 10])> = const { RefCell::new((i64::MIN, [0; 10])) };
}

/// Prints a time in seconds as RFC 3339 in UTC.
pub(crate) fn write_time(out: &mut Vec<u8>, seconds: i64) {
    write_clock(out, seconds, None);
}

/// Prints a time in microseconds as RFC 3339 in UTC.
pub(crate) fn write_micro_time(out: &mut Vec<u8>, seconds: i64, nanos: u32) {
    write_clock(out, seconds, Some(nanos / 1000));
}

fn write_clock(out: &mut Vec<u8>, seconds: i64, micros: Option<u32>) {
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let written = LAST_DAY.with_borrow_mut(|(last, text)| {
        if *last != day {
            let Some(date) = date_of(day) else { return false };
            (*last, *text) = (day, date);
        }
        out.extend_from_slice(text);
        true
    });
    if !written {
        let time = Time::new(seconds, micros.unwrap_or_default() * 1000);
        let text = if micros.is_some() { time.rfc3339_micro() } else { time.rfc3339() };
        return out.extend_from_slice(text.as_bytes());
    }
    let two = |value: i64| [b'0' + (value / 10) as u8, b'0' + (value % 10) as u8];
    out.push(b'T');
    out.extend_from_slice(&two(second / 3600));
    out.push(b':');
    out.extend_from_slice(&two(second / 60 % 60));
    out.push(b':');
    out.extend_from_slice(&two(second % 60));
    if let Some(micros) = micros {
        out.push(b'.');
        let mut digits = Vec::with_capacity(6);
        text::write_u64(&mut digits, u64::from(micros));
        out.resize(out.len() + 6 - digits.len(), b'0');
        out.extend_from_slice(&digits);
    }
    out.push(b'Z');
}

/// The date of a day since 1970, for years of four digits.
fn date_of(day: i64) -> Option<[u8; 10]> {
    let seconds = day.checked_mul(86_400)?;
    Time::new(seconds, 0)
        .rfc3339()
        .as_bytes()
        .get(..10)?
        .try_into()
        .ok()
        .filter(|date: &[u8; 10]| date[4] == b'-' && date[7] == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_times() {
        let mut out = Vec::new();
        write_time(&mut out, 1_136_214_245);
        write_micro_time(&mut out, 1_136_214_245, 1_234_000);
        write_time(&mut out, -1);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "2006-01-02T15:04:05Z2006-01-02T15:04:05.001234Z1969-12-31T23:59:59Z"
        );
    }

    #[test]
    fn plain_quantities_print_as_they_read() {
        for text in ["0", "1", "100m", "250", "2k", "1500m", "15G", "1Ki", "1023Mi", "999999999Gi"]
        {
            assert!(is_plain_quantity(text.as_bytes()), "{text}");
            assert_eq!(Quantity::parse(text).unwrap().to_string(), text);
        }
        for text in ["1000", "1000m", "0.5", "1024Ki", "0Ki", "5Ti", "+1", "01", "", "m"] {
            assert!(!is_plain_quantity(text.as_bytes()), "{text}");
        }
    }
}

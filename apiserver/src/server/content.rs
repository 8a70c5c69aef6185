//! Content with a time and a tag, as Go's `http.ServeContent` answers requests for it.

use bytes::Bytes;
use http::header::{
    ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MATCH,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED, RANGE,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{Method, Response, StatusCode, request};

use crate::body::{self, Body};

/// Content and what is known of it.
pub(super) struct Content {
    pub(super) bytes: Bytes,
    pub(super) media_type: &'static str,
    /// Without quotes; empty if it has none.
    pub(super) etag: String,
    pub(super) modified_milliseconds: i64,
}

/// What a request's conditions come to.
#[derive(Clone, Copy)]
enum Verdict {
    Whole,
    Part(usize, usize),
    NotModified,
    Failed,
    /// No range at all.
    NoRange,
    /// A range that is not in the content.
    Outside,
}

impl Content {
    /// Answers with the content, a part of it, or that the client's copy is still good.
    pub(super) fn serve(self, parts: &request::Parts) -> Response<Body> {
        let size = self.bytes.len();
        let verdict = self.judge(parts);
        let (code, bytes) = match verdict {
            Verdict::Whole => (StatusCode::OK, self.bytes.clone()),
            Verdict::Part(from, to) => (StatusCode::PARTIAL_CONTENT, self.bytes.slice(from..to)),
            Verdict::NotModified => (StatusCode::NOT_MODIFIED, Bytes::new()),
            Verdict::Failed => (StatusCode::PRECONDITION_FAILED, Bytes::new()),
            Verdict::NoRange => return refuse_range("invalid range\n"),
            Verdict::Outside => {
                let mut refusal = refuse_range("invalid range: failed to overlap\n");
                set(refusal.headers_mut(), CONTENT_RANGE, &format!("bytes */{size}"));
                return refusal;
            }
        };
        let mut response = Response::new(body::full(bytes));
        *response.status_mut() = code;
        let headers = response.headers_mut();
        if !self.etag.is_empty() {
            set(headers, ETAG, &format!("\"{}\"", self.etag));
        }
        if code != StatusCode::NOT_MODIFIED {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        }
        if code != StatusCode::NOT_MODIFIED || self.etag.is_empty() {
            set(headers, LAST_MODIFIED, &http_date(self.modified_milliseconds, "GMT"));
        }
        if code.is_success() {
            headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        }
        if let Verdict::Part(from, to) = verdict {
            set(headers, CONTENT_RANGE, &format!("bytes {from}-{}/{size}", to - 1));
        }
        response
    }

    /// `net/http.checkPreconditions`, then the range.
    fn judge(&self, parts: &request::Parts) -> Verdict {
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        let matched = header(parts, &IF_MATCH);
        let failed = if matched.is_empty() {
            let since = date(header(parts, &IF_UNMODIFIED_SINCE));
            since.is_some_and(|since| self.modified_seconds() > since)
        } else {
            !self.is_among(matched, false)
        };
        if failed {
            return Verdict::Failed;
        }
        let known = header(parts, &IF_NONE_MATCH);
        if known.is_empty() {
            let since = date(header(parts, &IF_MODIFIED_SINCE)).filter(|_| reads);
            if since.is_some_and(|since| self.modified_seconds() <= since) {
                return Verdict::NotModified;
            }
        } else if self.is_among(known, true) {
            return if reads { Verdict::NotModified } else { Verdict::Failed };
        }
        let condition = header(parts, &IF_RANGE);
        let same = match condition {
            "" => true,
            tag if tag.starts_with('"') => self.is_among(tag, false),
            text => date(text) == Some(self.modified_seconds()),
        };
        let range = header(parts, &RANGE);
        if range.is_empty() || !same { Verdict::Whole } else { part(range, self.bytes.len()) }
    }

    fn modified_seconds(&self) -> i64 {
        self.modified_milliseconds.div_euclid(1000)
    }

    /// The tag is in a list of quoted tags; `weak` ones count if asked for.
    fn is_among(&self, list: &str, weak: bool) -> bool {
        let own = format!("\"{}\"", self.etag);
        list.split(',').map(str::trim).any(|tag| {
            let tag = if weak { tag.trim_start_matches("W/") } else { tag };
            tag == "*" || !self.etag.is_empty() && tag == own
        })
    }
}

/// The part that a header asks for (`net/http.parseRange`). More than one is answered by the whole.
fn part(range: &str, size: usize) -> Verdict {
    let Some(ranges) = range.strip_prefix("bytes=") else { return Verdict::NoRange };
    if ranges.contains(',') {
        return Verdict::Whole;
    }
    let Some((from, to)) = ranges.split_once('-') else { return Verdict::NoRange };
    let (from, to) = (from.trim(), to.trim());
    let number = |text: &str| text.parse::<usize>().ok();
    let (from, to) = match (number(from), number(to)) {
        (None, Some(last)) if from.is_empty() => (size - last.min(size), size),
        (Some(from), None) if to.is_empty() => (from, size),
        (Some(from), Some(to)) if from <= to => (from, to.saturating_add(1).min(size)),
        _ => return Verdict::NoRange,
    };
    if from < size { Verdict::Part(from, to) } else { Verdict::Outside }
}

fn refuse_range(text: &'static str) -> Response<Body> {
    let mut response = Response::new(body::full(text));
    *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// A request's header, or nothing.
pub(super) fn header<'a>(parts: &'a request::Parts, name: &HeaderName) -> &'a str {
    parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Sets a header, if it can be written.
pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// A time as Go's `http.TimeFormat` (`GMT`) and `time.RFC1123` (`UTC`) write it.
pub(super) fn http_date(milliseconds: i64, zone: &str) -> String {
    let time = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    format!("{} {zone}", time.strftime("%a, %d %b %Y %H:%M:%S"))
}

/// Seconds of a time in `http.TimeFormat`; Go does not mind what day of the week it names.
fn date(text: &str) -> Option<i64> {
    let (_, text) = text.strip_suffix(" GMT")?.split_once(", ")?;
    let time = jiff::civil::DateTime::strptime("%d %b %Y %H:%M:%S", text).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTENT: &str = "0123456789";

    #[track_caller]
    fn check(method: &str, headers: &[(&str, &str)], code: u16, wanted: &[(&str, &str)]) {
        let mut request = http::Request::builder().method(method).uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let bytes = Bytes::from_static(CONTENT.as_bytes());
        let etag = "AB".to_owned();
        let content =
            Content { bytes, media_type: "text/plain", etag, modified_milliseconds: 1_500 };
        let response = content.serve(&parts);
        assert_eq!(response.status().as_u16(), code);
        for (name, value) in wanted {
            let found = response.headers().get(*name).map_or("", |found| found.to_str().unwrap());
            assert_eq!((*name, found), (*name, *value));
        }
    }

    const MODIFIED: (&str, &str) = ("last-modified", "Thu, 01 Jan 1970 00:00:01 GMT");
    const ONE: &str = "Thu, 01 Jan 1970 00:00:01 GMT";
    const ZERO: &str = "Thu, 01 Jan 1970 00:00:00 GMT";

    #[test]
    fn a_known_tag_or_time_is_not_sent_again() {
        let bare = [("etag", "\"AB\""), ("content-type", ""), ("last-modified", "")];
        check("GET", &[("if-none-match", "\"AB\"")], 304, &bare);
        check("HEAD", &[("if-none-match", "\"x\", W/\"AB\"")], 304, &bare);
        check("GET", &[("if-none-match", "*")], 304, &bare);
        check("GET", &[("if-none-match", "AB")], 200, &[MODIFIED]);
        check("GET", &[("if-modified-since", ONE)], 304, &bare);
        check("GET", &[("if-modified-since", &ONE.replace("Thu", "Mon"))], 304, &bare);
        check("GET", &[("if-modified-since", ZERO)], 200, &[MODIFIED]);
        check("GET", &[("if-none-match", "\"x\""), ("if-modified-since", ONE)], 200, &[MODIFIED]);
    }

    #[test]
    fn conditions_that_fail_are_told() {
        let kept = [("etag", "\"AB\""), ("content-type", "text/plain"), MODIFIED];
        check("GET", &[("if-match", "\"x\"")], 412, &kept);
        check("GET", &[("if-match", "W/\"AB\"")], 412, &kept);
        check("GET", &[("if-match", "\"AB\"")], 200, &kept);
        check("GET", &[("if-unmodified-since", ZERO)], 412, &kept);
        check("GET", &[("if-unmodified-since", ONE)], 200, &kept);
        check("POST", &[("if-none-match", "\"AB\"")], 412, &kept);
    }

    #[test]
    fn parts_are_sent_alone() {
        let part = |range| [("content-range", range), ("accept-ranges", "bytes")];
        check("GET", &[("range", "bytes=2-3")], 206, &part("bytes 2-3/10"));
        check("GET", &[("range", "bytes=-3")], 206, &part("bytes 7-9/10"));
        check("GET", &[("range", "bytes=8-")], 206, &part("bytes 8-9/10"));
        check("GET", &[("range", "bytes=8-99")], 206, &part("bytes 8-9/10"));
        check("GET", &[("range", "bytes=2-3"), ("if-range", "\"x\"")], 200, &part(""));
        check("GET", &[("range", "bytes=10-")], 416, &[("content-range", "bytes */10")]);
        check("GET", &[("range", "bytes=3-2")], 416, &[("content-range", ""), ("etag", "")]);
    }
}

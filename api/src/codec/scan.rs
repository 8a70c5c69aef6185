//! The JSON grammar as Go's scanner reads it: one pass over the bytes, no recursion, no tree.

use std::cell::RefCell;

use super::{MAX_DEPTH, go, text};

/// Bytes that are no JSON document (`sigs.k8s.io/json` `SyntaxError`).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// What is wrong, in Go's words.
    pub message: String,
    /// How many bytes were read when it was found.
    pub offset: usize,
}

/// Checks that `data` holds exactly one JSON value, nested no deeper than [`MAX_DEPTH`].
///
/// Says what `encoding/json` `checkValid` says.
pub(crate) fn validate(data: &[u8]) -> Result<(), SyntaxError> {
    let mut scan = Scan { data, at: 0, objects: Vec::new() };
    scan.value()?;
    loop {
        scan.space();
        match scan.objects.last() {
            None if scan.at < data.len() => return Err(scan.unexpected("after top-level value")),
            None => return Ok(()),
            Some(true) => match scan.peek()? {
                b',' => {
                    scan.at += 1;
                    scan.key()?;
                    scan.value()?;
                }
                b'}' => scan.close(),
                _ => return Err(scan.unexpected("after object key:value pair")),
            },
            Some(false) => match scan.peek()? {
                b',' => {
                    scan.at += 1;
                    scan.value()?;
                }
                b']' => scan.close(),
                _ => return Err(scan.unexpected("after array element")),
            },
        }
    }
}

/// Whether `data` is certainly valid JSON that compacts to itself, with nothing to escape for HTML.
/// Numbers, words and deep nesting are beyond it: it is meant for field sets.
pub(crate) fn is_compact(data: &[u8]) -> bool {
    Compact { data, at: 0 }.document().is_some()
}

/// Places for documents that are known to be compact, and how long these are at most.
const KNOWN: usize = 64;
const KNOWN_BYTES: usize = 2048;

thread_local! {
    static COMPACT: RefCell<[Vec<u8>; KNOWN]> = const { RefCell::new([const { Vec::new() }; KNOWN]) };
}

/// Says what [`is_compact`] says, and knows documents again that it has met of late on this thread:
/// objects that one program writes have the same field sets.
pub(crate) fn is_known_compact(data: &[u8]) -> bool {
    if data.is_empty() || data.len() > KNOWN_BYTES {
        return is_compact(data);
    }
    COMPACT.with_borrow_mut(|known| {
        let place = &mut known[data.len() % KNOWN];
        if place == data {
            return true;
        }
        let is_compact = is_compact(data);
        if is_compact {
            place.clear();
            place.extend_from_slice(data);
        }
        is_compact
    })
}

struct Compact<'a> {
    data: &'a [u8],
    at: usize,
}

impl Compact<'_> {
    #[inline]
    fn next(&mut self) -> Option<u8> {
        let byte = *self.data.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn document(&mut self) -> Option<()> {
        // The open containers, the innermost in the lowest bit: whether each is an object.
        let (mut depth, mut objects) = (0, 0u64);
        loop {
            let open = self.next()?;
            match open {
                b'"' => self.string()?,
                b'{' | b'[' if self.data.get(self.at) == Some(&(open + 2)) => self.at += 1,
                b'{' | b'[' => {
                    depth += 1;
                    objects = objects << 1 | u64::from(open == b'{');
                    if depth > u64::BITS {
                        return None;
                    }
                    if open == b'{' {
                        self.key()?;
                    }
                    continue;
                }
                _ => return None,
            }
            loop {
                if depth == 0 {
                    return (self.at == self.data.len()).then_some(());
                }
                match (self.next()?, objects & 1) {
                    (b',', 1) => break self.key()?,
                    (b',', _) => break,
                    (b'}', 1) | (b']', 0) => (depth, objects) = (depth - 1, objects >> 1),
                    _ => return None,
                }
            }
        }
    }

    #[inline]
    fn key(&mut self) -> Option<()> {
        if self.next()? != b'"' {
            return None;
        }
        self.string()?;
        (self.next()? == b':').then_some(())
    }

    #[inline]
    fn string(&mut self) -> Option<()> {
        loop {
            while let Some(word) = self.data.get(self.at..).and_then(<[u8]>::first_chunk) {
                let odd = text::odd_bytes(*word);
                self.at += odd.trailing_zeros() as usize / 8;
                if odd != 0 {
                    break;
                }
            }
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => match self.next()? {
                    b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"' => {}
                    _ => return None,
                },
                0..0x20 | b'<' | b'>' | b'&' | 0xe2 => return None,
                _ => {}
            }
        }
    }
}

struct Scan<'a> {
    data: &'a [u8],
    at: usize,
    /// The open containers, outermost first: whether each is an object.
    objects: Vec<bool>,
}

impl Scan<'_> {
    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.data.get(self.at) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Result<u8, SyntaxError> {
        self.data.get(self.at).copied().ok_or_else(|| SyntaxError {
            message: "unexpected end of JSON input".to_owned(),
            offset: self.data.len(),
        })
    }

    fn unexpected(&self, context: &str) -> SyntaxError {
        let byte = self.data[self.at];
        SyntaxError {
            message: format!("invalid character {} {context}", go::quote_byte(byte)),
            offset: self.at + 1,
        }
    }

    fn open(&mut self, object: bool) -> Result<(), SyntaxError> {
        self.objects.push(object);
        if self.objects.len() > MAX_DEPTH {
            return Err(self.unexpected("exceeded max depth"));
        }
        self.at += 1;
        Ok(())
    }

    fn close(&mut self) {
        self.objects.pop();
        self.at += 1;
    }

    /// Reads a scalar or an empty container, or walks into containers up to their first scalar.
    fn value(&mut self) -> Result<(), SyntaxError> {
        loop {
            self.space();
            match self.peek()? {
                b'{' => {
                    self.open(true)?;
                    self.space();
                    if self.peek()? == b'}' {
                        self.close();
                        return Ok(());
                    }
                    self.key()?;
                }
                b'[' => {
                    self.open(false)?;
                    self.space();
                    if self.peek()? == b']' {
                        self.close();
                        return Ok(());
                    }
                }
                b'"' => return self.string(),
                b'-' | b'0'..=b'9' => return self.number(),
                b't' => return self.word(b"true"),
                b'f' => return self.word(b"false"),
                b'n' => return self.word(b"null"),
                _ => return Err(self.unexpected("looking for beginning of value")),
            }
        }
    }

    fn key(&mut self) -> Result<(), SyntaxError> {
        self.space();
        if self.peek()? != b'"' {
            return Err(self.unexpected("looking for beginning of object key string"));
        }
        self.string()?;
        self.space();
        if self.peek()? != b':' {
            return Err(self.unexpected("after object key"));
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<(), SyntaxError> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => {
                    self.at += 1;
                    self.escape()?;
                }
                0..0x20 => return Err(self.unexpected("in string literal")),
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Result<(), SyntaxError> {
        match self.peek()? {
            b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"' => self.at += 1,
            b'u' => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.peek()?.is_ascii_hexdigit() {
                        return Err(self.unexpected("in \\u hexadecimal character escape"));
                    }
                    self.at += 1;
                }
            }
            _ => return Err(self.unexpected("in string escape code")),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), SyntaxError> {
        if self.data[self.at] == b'-' {
            self.at += 1;
        }
        match self.peek()? {
            b'0' => self.at += 1,
            b'1'..=b'9' => self.digits(),
            _ => return Err(self.unexpected("in numeric literal")),
        }
        if self.data.get(self.at) == Some(&b'.') {
            self.at += 1;
            if !self.peek()?.is_ascii_digit() {
                return Err(self.unexpected("after decimal point in numeric literal"));
            }
            self.digits();
        }
        if let Some(b'e' | b'E') = self.data.get(self.at) {
            self.at += 1;
            if let b'+' | b'-' = self.peek()? {
                self.at += 1;
            }
            if !self.peek()?.is_ascii_digit() {
                return Err(self.unexpected("in exponent of numeric literal"));
            }
            self.digits();
        }
        Ok(())
    }

    fn digits(&mut self) {
        while self.data.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &'static [u8]) -> Result<(), SyntaxError> {
        for &expected in word {
            if self.peek()? != expected {
                let word = String::from_utf8_lossy(word);
                let expected = char::from(expected);
                return Err(self.unexpected(&format!("in literal {word} (expecting '{expected}')")));
            }
            self.at += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(data: &str, message: &str) {
        let error = validate(data.as_bytes()).err().map(|error| error.message);
        assert_eq!(error.unwrap_or_default(), message);
    }

    #[test]
    fn accepts_json() {
        check(" {\"a\":[1,-0.5e+3,true,null,\"\\u00e9\\n\",{}],\"b\":[]} ", "");
        check("0", "");
    }

    #[track_caller]
    fn check_compact(data: &str, compact: bool) {
        assert_eq!(is_compact(data.as_bytes()), compact, "{data}");
        for _ in 0..2 {
            assert_eq!(is_known_compact(data.as_bytes()), compact, "{data}");
        }
        if compact {
            let mut out = Vec::new();
            text::write_compact(&mut out, data.as_bytes());
            assert_eq!((validate(data.as_bytes()), out), (Ok(()), data.as_bytes().to_vec()));
        }
    }

    #[test]
    fn knows_what_compacts_to_itself() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        for data in [
            "{}",
            "[]",
            "\"\"",
            "{\"f:a\":{\".\":{},\"k:{\\\"name\\\":\\\"b\\\"}\":{\"f:c\":{}}},\"f:d\":[\"e\",[]]}",
            "\"\u{e9} and more than eight bytes\"",
            &deep(65),
        ] {
            check_compact(data, true);
        }
        for data in [
            "",
            "{",
            "{]",
            "[}",
            "{} ",
            " {}",
            "{}{}",
            "{\"a\":{}",
            "{\"a\":{}]",
            "{\"a\":{},}",
            "{\"a\" :{}}",
            "{\"a\"{}}",
            "{\"a}",
            "{a:{}}",
            "[{},]",
            "[\"\\x\"]",
            "\"\n\"",
            "\"a long text with <\"",
            "\"\u{2028}\"",
            "1",
            &deep(66),
        ] {
            check_compact(data, false);
        }
    }

    #[test]
    fn says_what_go_says() {
        check("", "unexpected end of JSON input");
        check("{\"a\":1", "unexpected end of JSON input");
        check("{a:1}", "invalid character 'a' looking for beginning of object key string");
        check("{\"a\":1,}", "invalid character '}' looking for beginning of object key string");
        check("{\"a\" 1}", "invalid character '1' after object key");
        check("{\"a\":1 2}", "invalid character '2' after object key:value pair");
        check("[1 2]", "invalid character '2' after array element");
        check("[1,]", "invalid character ']' looking for beginning of value");
        check("{} x", "invalid character 'x' after top-level value");
        check("01", "invalid character '1' after top-level value");
        check("1.x", "invalid character 'x' after decimal point in numeric literal");
        check("-x", "invalid character 'x' in numeric literal");
        check("1ex", "invalid character 'x' in exponent of numeric literal");
        check("trux", "invalid character 'x' in literal true (expecting 'e')");
        check("\"\n\"", "invalid character '\\n' in string literal");
        check("\"\\x\"", "invalid character 'x' in string escape code");
        check("\"\\u12g4\"", "invalid character 'g' in \\u hexadecimal character escape");
        check("'", "invalid character '\\'' looking for beginning of value");
    }

    #[test]
    fn counts_depth_as_stock_does() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        check(&nested(10_000), "");
        check(&nested(10_001), "invalid character '[' exceeded max depth");
    }
}

//! What Go's HTTP/1 server says of a request that is no request (`net/http.conn.serve`).

/// The whole answer to a head that was refused with this code.
pub(super) fn answer(head: &[u8], code: u16) -> Vec<u8> {
    let (phrase, body) = match code {
        414 => ("414 Request URI Too Long", None),
        431 => ("431 Request Header Fields Too Large", None),
        _ => reason(head),
    };
    let body = body.unwrap_or(phrase);
    format!(
        "HTTP/1.1 {phrase}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: \
         close\r\n\r\n{body}"
    )
    .into_bytes()
}

const BAD: (&str, Option<&str>) = ("400 Bad Request", None);

/// Status line, and the body if it is another text.
fn reason(head: &[u8]) -> (&'static str, Option<&'static str>) {
    let mut lines = head.split(|byte| *byte == b'\n');
    let line = lines.next().unwrap_or_default();
    let mut words = line.strip_suffix(b"\r").unwrap_or(line).splitn(3, |byte| *byte == b' ');
    let (Some(method), Some(_), Some(protocol)) = (words.next(), words.next(), words.next()) else {
        return BAD;
    };
    let (Some(major), Some(fields)) = (major(protocol), fields(lines)) else { return BAD };
    if !is_token(method) || all(&fields, b"host").count() > 1 {
        return BAD;
    }
    let mut encodings = all(&fields, b"transfer-encoding");
    if let Some(encoding) = encodings.next()
        && (encodings.next().is_some() || !encoding.eq_ignore_ascii_case(b"chunked"))
    {
        return ("501 Not Implemented", Some("Unsupported transfer encoding"));
    }
    if major != b'1' {
        return ("505 HTTP Version Not Supported: unsupported protocol version", None);
    }
    if all(&fields, b"host").next().is_none() {
        return ("400 Bad Request: missing required Host header", None);
    }
    if fields.iter().any(|(name, _)| !is_token(name)) {
        return ("400 Bad Request: invalid header name", None);
    }
    BAD
}

/// `net/http.ParseHTTPVersion`.
fn major(protocol: &[u8]) -> Option<u8> {
    match protocol.strip_prefix(b"HTTP/")? {
        [major, b'.', minor] if major.is_ascii_digit() && minor.is_ascii_digit() => Some(*major),
        _ => None,
    }
}

/// Names and values up to the empty line; `None` if it is missing or a line is not a field
/// (`net/textproto.Reader.ReadMIMEHeader`).
fn fields<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Option<Vec<(&'a [u8], &'a [u8])>> {
    let mut fields = Vec::new();
    for line in lines {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return Some(fields);
        }
        let printable = |byte: &u8| *byte == b'\t' || (*byte >= b' ' && *byte != 0x7f);
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if fields.is_empty() || !line.iter().all(printable) {
                return None;
            }
            continue;
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let (name, value) = (&line[..colon], &line[colon + 1..]);
        let is_name = |byte: &u8| *byte == b' ' || is_token(&[*byte]);
        if name.is_empty() || !name.iter().all(is_name) || !value.iter().all(printable) {
            return None;
        }
        fields.push((name, value.trim_ascii()));
    }
    None
}

fn all<'a>(fields: &[(&'a [u8], &'a [u8])], name: &[u8]) -> impl Iterator<Item = &'a [u8]> {
    fields
        .iter()
        .filter(move |(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| *value)
}

/// `http/httpguts.ValidHeaderFieldName`.
fn is_token(text: &[u8]) -> bool {
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !text.is_empty() && text.iter().all(is_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Status line and body.
    #[track_caller]
    fn check(head: &str, expected: &str, body: &str) {
        let answer = String::from_utf8(answer(head.as_bytes(), 400)).unwrap();
        let (line, rest) = answer.strip_prefix("HTTP/1.1 ").unwrap().split_once("\r\n").unwrap();
        assert_eq!((line, rest.rsplit_once("\r\n\r\n").unwrap().1), (expected, body));
    }

    #[test]
    fn nonsense_is_a_bad_request() {
        for head in ["rubbish\r\n\r\n", "", "GET / HTTP/x\r\nHost: x\r\n\r\n", "GET /hea"] {
            check(head, "400 Bad Request", "400 Bad Request");
        }
        check("GE@T / HTTP/2.5\r\nHost: x\r\n\r\n", "400 Bad Request", "400 Bad Request");
        check("GET / HTTP/1.1\r\nHost: x\r\nX\r\n\r\n", "400 Bad Request", "400 Bad Request");
        check("GET / HTTP/1.1\r\nHost: x\r\nX: \0\r\n\r\n", "400 Bad Request", "400 Bad Request");
    }

    #[test]
    fn other_versions_and_encodings_have_codes_of_their_own() {
        let phrase = "505 HTTP Version Not Supported: unsupported protocol version";
        check("GET / HTTP/2.5\r\nHost: x\r\n\r\n", phrase, phrase);
        let head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n";
        check(head, "501 Not Implemented", "Unsupported transfer encoding");
    }

    #[test]
    fn a_name_with_a_space_is_named_as_the_fault() {
        let phrase = "400 Bad Request: invalid header name";
        check("GET / HTTP/1.1\r\nHost: x\r\nX y: a\r\n\r\n", phrase, phrase);
    }
}

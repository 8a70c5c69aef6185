//! The query of a URL as Go reads it.

use std::borrow::Cow;

/// Parameters in the order of the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Parses a raw query (`net/url.ParseQuery`; like `URL.Query`, drops pairs that are malformed).
    pub fn parse(raw: &str) -> Self {
        let pairs = raw.split('&').filter(|pair| !pair.is_empty() && !pair.contains(';'));
        let decoded = pairs.filter_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((unescape(key, true)?.into_owned(), unescape(value, true)?.into_owned()))
        });
        Self(decoded.collect())
    }

    /// First value of a parameter.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// All values of a parameter.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The parameter is there, with or without a value.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// A boolean as API machinery converts it: all but `0` and `false` are true
    /// (`k8s.io/apimachinery/pkg/conversion/queryparams`, `Convert_Slice_string_To_bool`).
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.get(key).map(|value| !matches!(value.to_ascii_lowercase().as_str(), "0" | "false"))
    }
}

/// Undoes percent encoding, and `+` in a query; `None` if malformed. Bytes that are not UTF-8 are
/// replaced.
pub fn unescape(text: &str, plus: bool) -> Option<Cow<'_, str>> {
    let plain = !text.contains('%') && (!plus || !text.contains('+'));
    if plain {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                bytes.push((high * 16 + low) as u8);
            }
            b'+' if plus => bytes.push(b' '),
            other => bytes.push(other),
        }
    }
    Some(Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The value that a field selector demands `metadata.name` to have
/// (`k8s.io/apimachinery/pkg/fields.Selector.RequiresExactMatch`).
pub(crate) fn exact_name(selector: &str) -> Option<String> {
    let terms = split_terms(selector).into_iter().filter(|term| !term.is_empty());
    let mut found = None;
    for term in terms {
        let (field, equals, value) = split_term(term)?;
        if field == "metadata.name" && equals {
            found = found.or(Some(value));
        }
    }
    found
}

/// Splits at the commas that are not escaped (`fields.splitTerms`).
pub fn split_terms(selector: &str) -> Vec<&str> {
    let mut terms = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, c) in selector.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ',' => {
                terms.push(&selector[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    terms.push(&selector[start..]);
    terms
}

/// Field, whether it must equal, and the unescaped value (`fields.splitTerm`); `None` if malformed.
pub fn split_term(term: &str) -> Option<(&str, bool, String)> {
    let at = term.find(['=', '!'])?;
    let candidates = [("!=", false), ("==", true), ("=", true)];
    let mut from = at;
    loop {
        for (operator, equals) in candidates {
            if let Some(value) = term[from..].strip_prefix(operator) {
                return Some((&term[..from], equals, unescape_value(value)?));
            }
        }
        from += 1 + term[from + 1..].find(['=', '!'])?;
    }
}

/// Undoes `\\`, `\,` and `\=` (`fields.UnescapeValue`).
fn unescape_value(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next()? {
                escaped @ ('\\' | ',' | '=') => out.push(escaped),
                _ => return None,
            },
            ',' | '=' => return None,
            plain => out.push(plain),
        }
    }
    Some(out)
}

//! Links of pages behind a proxy, brought below the proxy's path
//! (`apimachinery/pkg/util/proxy.rewriteHTML`).

use std::borrow::Cow;
use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use flate2::write::{DeflateEncoder, GzEncoder};

/// Attributes that hold links, by element.
const LINKS: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("applet", &["codebase"]),
    ("area", &["href"]),
    ("audio", &["src"]),
    ("base", &["href"]),
    ("blockquote", &["cite"]),
    ("body", &["background"]),
    ("button", &["formaction"]),
    ("command", &["icon"]),
    ("del", &["cite"]),
    ("embed", &["src"]),
    ("form", &["action"]),
    ("frame", &["longdesc", "src"]),
    ("head", &["profile"]),
    ("html", &["manifest"]),
    ("iframe", &["longdesc", "src"]),
    ("img", &["longdesc", "src", "usemap"]),
    ("input", &["src", "usemap", "formaction"]),
    ("ins", &["cite"]),
    ("link", &["href"]),
    ("object", &["classid", "codebase", "data", "usemap"]),
    ("q", &["cite"]),
    ("script", &["src"]),
    ("source", &["src"]),
    ("video", &["poster", "src"]),
];

/// Elements whose content holds no tags but the one that ends it.
const RAW: &[&str] =
    &["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"];

/// Rewrites a body of this content encoding; `None` if the encoding is unknown.
pub(super) fn rewrite_body(
    body: &[u8],
    encoding: &str,
    rewrite: &dyn Fn(&str) -> String,
) -> io::Result<Option<Vec<u8>>> {
    let mut plain = Vec::new();
    match encoding {
        "" => plain.extend_from_slice(body),
        "gzip" => {
            MultiGzDecoder::new(body).read_to_end(&mut plain)?;
        }
        "deflate" => {
            DeflateDecoder::new(body).read_to_end(&mut plain)?;
        }
        _ => return Ok(None),
    }
    let page = rewrite_page(&String::from_utf8_lossy(&plain), rewrite);
    match encoding {
        "gzip" => {
            let mut writer = GzEncoder::new(Vec::new(), Compression::default());
            writer.write_all(page.as_bytes())?;
            writer.finish().map(Some)
        }
        "deflate" => {
            let mut writer = DeflateEncoder::new(Vec::new(), Compression::best());
            writer.write_all(page.as_bytes())?;
            writer.finish().map(Some)
        }
        _ => Ok(Some(page.into_bytes())),
    }
}

/// Rewrites the links of a page. Start tags are written anew, as `golang.org/x/net/html` prints
/// its tokens; all else stays as it is. A tag that does not end is dropped.
fn rewrite_page(page: &str, rewrite: &dyn Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 8);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut after = rest[1..].chars();
        match after.next() {
            Some(letter) if letter.is_ascii_alphabetic() => {
                let Some((tag, end)) = Tag::parse(&rest[1..]) else { return out };
                tag.write(rewrite, &mut out);
                rest = &rest[1 + end..];
                if RAW.contains(&tag.name.as_str()) {
                    let end = end_of_raw(rest, &tag.name);
                    out.push_str(&rest[..end]);
                    rest = &rest[end..];
                }
            }
            Some('/') if after.next().is_some_and(|letter| letter.is_ascii_alphabetic()) => {
                let Some((_, end)) = Tag::parse(&rest[2..]) else { return out };
                out.push_str(&rest[..2 + end]);
                rest = &rest[2 + end..];
            }
            Some('!' | '?' | '/') => {
                let end = end_of_markup(rest);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            _ => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Where the end tag of an element starts whose content is raw.
fn end_of_raw(content: &str, name: &str) -> usize {
    let bytes = content.as_bytes();
    let ends = |at: usize| {
        let tag = bytes[at..].strip_prefix(b"</").filter(|_| name != "plaintext");
        tag.and_then(|tag| tag.split_at_checked(name.len())).is_some_and(|(own, after)| {
            own.eq_ignore_ascii_case(name.as_bytes())
                && after.first().is_some_and(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'))
        })
    };
    (0..bytes.len()).find(|at| ends(*at)).unwrap_or(bytes.len())
}

/// Where a comment, a document type or an instruction ends.
fn end_of_markup(markup: &str) -> usize {
    if let Some(comment) = markup.strip_prefix("<!--") {
        if comment.starts_with('>') {
            return 5;
        }
        if comment.starts_with("->") {
            return 6;
        }
        let ends = ["-->", "--!>"].into_iter();
        let ends = ends.filter_map(|end| comment.find(end).map(|at| 4 + at + end.len()));
        return ends.min().unwrap_or(markup.len());
    }
    markup.find('>').map_or(markup.len(), |at| at + 1)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0x0c)
}

/// A start tag.
struct Tag<'a> {
    name: String,
    attributes: Vec<(String, Cow<'a, str>)>,
    closes_itself: bool,
}

impl<'a> Tag<'a> {
    /// Reads the tag whose name `text` starts with, and where it ends.
    fn parse(text: &'a str) -> Option<(Self, usize)> {
        let bytes = text.as_bytes();
        let skip = |mut at: usize| {
            while bytes.get(at).copied().is_some_and(is_space) {
                at += 1;
            }
            at
        };
        let until = |from: usize, stop: &dyn Fn(u8) -> bool| {
            (from..bytes.len()).find(|at| stop(bytes[*at]))
        };
        let mut at = until(0, &|byte| is_space(byte) || matches!(byte, b'/' | b'>'))?;
        let name = text[..at].to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            at = skip(at);
            if *bytes.get(at)? == b'>' {
                break;
            }
            let start = at;
            // An equals sign that comes first is part of the name.
            let from = start + usize::from(bytes[start] == b'=');
            at = until(from, &|byte| is_space(byte) || matches!(byte, b'=' | b'/' | b'>'))?;
            let key = text[start..at].to_ascii_lowercase();
            at = skip(at);
            let mut value = "";
            match bytes.get(at)? {
                b'/' => at += 1,
                b'=' => {
                    at = skip(at + 1);
                    match *bytes.get(at)? {
                        b'>' => {}
                        quote @ (b'"' | b'\'') => {
                            let end = until(at + 1, &|byte| byte == quote)?;
                            value = &text[at + 1..end];
                            at = end + 1;
                        }
                        _ => {
                            let end = until(at, &|byte| is_space(byte) || byte == b'>')?;
                            value = &text[at..end];
                            at = end;
                        }
                    }
                }
                _ => {}
            }
            if !key.is_empty() {
                attributes.push((key, html_escape::decode_html_entities(value)));
            }
        }
        let closes_itself = at > 0 && bytes[at - 1] == b'/';
        Some((Self { name, attributes, closes_itself }, at + 1))
    }

    fn write(&self, rewrite: &dyn Fn(&str) -> String, out: &mut String) {
        let links = LINKS.iter().find(|(name, _)| *name == self.name);
        let links = links.map_or(&[][..], |(_, links)| links);
        out.push('<');
        out.push_str(&self.name);
        for (key, value) in &self.attributes {
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            if links.contains(&key.as_str()) {
                escape(&rewrite(value), out);
            } else {
                escape(value, out);
            }
            out.push('"');
        }
        out.push_str(if self.closes_itself { "/>" } else { ">" });
    }
}

/// `html.EscapeString`.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '\'' => out.push_str("&#39;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        assert_eq!(rewrite_page(page, &|link| format!("/p{link}")), expected);
    }

    #[test]
    fn links_are_rewritten_where_elements_have_them() {
        check("<a href=\"/x\">t</a>", "<a href=\"/p/x\">t</a>");
        check("<A HREF=/x  class='b c'>", "<a href=\"/p/x\" class=\"b c\">");
        check("<a name=/x>", "<a name=\"/x\">");
        check("<img src='/i?a=1&amp;b=2'/>", "<img src=\"/p/i?a=1&amp;b=2\"/>");
        check("<input disabled>", "<input disabled=\"\">");
        check("<p title=\"a > b\">1 < 2</p>", "<p title=\"a &gt; b\">1 < 2</p>");
    }

    #[test]
    fn what_is_no_tag_stays() {
        for page in [
            "",
            "plain",
            "<!doctype html><!-- <a href=/x> --><?x?>",
            "<script>if (a < b) { '<a href=/x>' }</script>",
            "<title><a href=/x></title>",
            "</a b='>'>",
            "a <",
        ] {
            check(page, page);
        }
    }

    #[test]
    fn a_page_keeps_its_encoding() {
        let rewrite = |link: &str| format!("/p{link}");
        let page = b"<a href=\"/x\">";
        let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
        writer.write_all(page).unwrap();
        let packed = writer.finish().unwrap();
        let rewritten = rewrite_body(&packed, "gzip", &rewrite).unwrap().unwrap();
        let mut plain = String::new();
        MultiGzDecoder::new(rewritten.as_slice()).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, "<a href=\"/p/x\">");
        assert_eq!(rewrite_body(page, "br", &rewrite).unwrap(), None);
        assert!(rewrite_body(page, "gzip", &rewrite).is_err());
    }

    #[test]
    fn a_tag_without_an_end_is_dropped() {
        check("text<a href=\"/x", "text");
    }
}

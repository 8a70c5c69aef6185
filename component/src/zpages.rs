//! `/statusz` and `/flagz`: what a part is, and with which flags it runs
//! (`apiserver/pkg/server/statusz`, `flagz`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pintle_api::codec::yaml;
use pintle_machinery::json::quote;

use crate::version;

/// What a client that accepts nothing of this is told.
pub const NOT_ACCEPTABLE: &str =
    "only the following media types are accepted: application/json, application/yaml, text/plain";

/// In which form a page is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines for people.
    Text,
    /// JSON of a version of `config.k8s.io`.
    Json(&'static str),
    /// YAML of a version of `config.k8s.io`.
    Yaml(&'static str),
}

impl Form {
    /// Content type of the page.
    pub fn content_type(self, kind: &str) -> String {
        match self {
            Form::Text => "text/plain; charset=utf-8".to_owned(),
            Form::Json(version) => {
                format!("application/json;g=config.k8s.io;v={version};as={kind}")
            }
            Form::Yaml(version) => {
                format!("application/yaml;g=config.k8s.io;v={version};as={kind}")
            }
        }
    }

    /// Warning about a version that goes away; `None` if there is nothing to warn of.
    pub fn warning(self, path: &str) -> Option<String> {
        let (Form::Json(version) | Form::Yaml(version)) = self else { return None };
        (version == "v1alpha1").then(|| {
            format!(
                "299 - \"This version of the {} endpoint is deprecated. Please use a newer \
                 version.\"",
                path.trim_start_matches('/')
            )
        })
    }
}

/// What the pages say.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// Name of the part on its pages, such as `apiserver`.
    pub component: &'static str,
    /// When the process began, in Unix seconds.
    pub started: i64,
    /// Values of all flags.
    pub flags: BTreeMap<String, String>,
    /// Paths that help with debugging, sorted.
    pub paths: Vec<&'static str>,
}

/// The kind of a path's page; `None` if the path is none of theirs.
pub fn kind(path: &str) -> Option<&'static str> {
    match path {
        "/statusz" => Some("Statusz"),
        "/flagz" => Some("Flagz"),
        _ => None,
    }
}

/// Chooses the form that a client wants (`negotiation.NegotiateOutputMediaType` with the
/// endpoints' restrictions): text is never transformed, the others always are.
pub fn negotiate(accept: &str, kind: &str) -> Option<Form> {
    if accept.trim().is_empty() {
        return Some(Form::Text);
    }
    let mut clauses: Vec<(f64, &str)> = accept
        .split(',')
        .map(|clause| {
            let quality = clause.split(';').find_map(|part| part.trim().strip_prefix("q="));
            (quality.and_then(|text| text.parse().ok()).unwrap_or(1.0), clause)
        })
        .collect();
    clauses.sort_by(|a, b| b.0.total_cmp(&a.0));
    clauses.iter().find_map(|(_, clause)| form_of(clause, kind))
}

fn form_of(clause: &str, kind: &str) -> Option<Form> {
    let mut parts = clause.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default();
    let (mut group, mut version, mut wanted) = ("", "", "");
    for part in parts {
        match part.split_once('=') {
            Some(("g", value)) => group = value,
            Some(("v", value)) => version = value,
            Some(("as", value)) => wanted = value,
            _ => {}
        }
    }
    let version = ["v1beta1", "v1alpha1"].into_iter().find(|known| *known == version);
    let known = if wanted == kind && group == "config.k8s.io" { version } else { None };
    match (media, known) {
        ("application/json" | "application/*" | "*/*", Some(version)) => Some(Form::Json(version)),
        ("application/yaml", Some(version)) => Some(Form::Yaml(version)),
        ("text/plain" | "text/*" | "*/*", _) if wanted.is_empty() => Some(Form::Text),
        _ => None,
    }
}

impl Pages {
    /// The page in a form.
    pub fn body(&self, form: Form, kind: &str, now: i64) -> Vec<u8> {
        match form {
            Form::Text => self.text(kind, now).into_bytes(),
            Form::Json(version) => self.json(kind, version, now).into_bytes(),
            Form::Yaml(version) => {
                let json = self.json(kind, version, now).into_bytes();
                yaml::from_json(&json).unwrap_or(json)
            }
        }
    }

    /// The page as lines for people. Upstream picks one of four separators at random so that nobody
    /// parses it; this is one of them.
    pub fn text(&self, kind: &str, now: i64) -> String {
        let mut out = format!(
            "\n{} {}\nWarning: This endpoint is not meant to be machine parseable, has no \
             formatting compatibility guarantees and is for debugging purposes only.\n",
            self.component,
            kind.to_lowercase()
        );
        if kind == "Flagz" {
            for (name, value) in &self.flags {
                // Writing to a string cannot fail.
                writeln!(out, "{name}:{value}").ok();
            }
            return out;
        }
        let up = (now - self.started).max(0);
        let started = jiff::Timestamp::from_second(self.started).unwrap_or_default();
        let started = started.strftime("%a %b %e %H:%M:%S UTC %Y");
        let (hours, minutes, seconds) = (up / 3600, up / 60 % 60, up % 60);
        write!(
            out,
            "\nStarted: {started}\nUp: {hours} hr {minutes:02} min {seconds:02} sec\nGo version: \
             {}\nBinary version: {}\nEmulation version: {}\nPaths: {}\n",
            version::GO_VERSION,
            binary_version(),
            emulation_version(),
            self.paths.join(" ")
        )
        .ok();
        out
    }

    /// The page as JSON of a version of `config.k8s.io`, fields in upstream's order.
    pub fn json(&self, kind: &str, version: &str, now: i64) -> String {
        let head = format!(
            "\"kind\":\"{kind}\",\"apiVersion\":\"config.k8s.io/{version}\",\
             \"metadata\":{{\"name\":{}}}",
            quote(self.component)
        );
        if kind == "Flagz" {
            let flags: Vec<String> = self
                .flags
                .iter()
                .map(|(name, value)| {
                    format!("{}:{}", quote(name), pintle_machinery::json::to_string(value))
                })
                .collect();
            return format!("{{{head},\"flags\":{{{}}}}}", flags.join(","));
        }
        let started = jiff::Timestamp::from_second(self.started).unwrap_or_default();
        let paths: Vec<String> = self.paths.iter().map(|path| quote(path)).collect();
        format!(
            "{{{head},\"startTime\":\"{}\",\"uptimeSeconds\":{},\"goVersion\":{},\
             \"binaryVersion\":{},\"emulationVersion\":{},\"paths\":[{}]}}",
            started.strftime("%Y-%m-%dT%H:%M:%SZ"),
            (now - self.started).max(0),
            quote(version::GO_VERSION),
            quote(binary_version()),
            quote(&emulation_version()),
            paths.join(",")
        )
    }
}

fn binary_version() -> &'static str {
    version::RELEASE.trim_start_matches('v')
}

fn emulation_version() -> String {
    binary_version().split('.').take(2).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept: &str, expected: Option<Form>) {
        assert_eq!(negotiate(accept, "Statusz"), expected, "{accept}");
    }

    #[test]
    fn text_is_for_those_who_ask_for_no_kind() {
        check("", Some(Form::Text));
        check("text/plain", Some(Form::Text));
        check("*/*", Some(Form::Text));
        check("application/json", None);
        check("text/html", None);
        check("application/json, */*;q=0.1", Some(Form::Text));
    }

    #[test]
    fn structure_is_for_those_who_name_kind_and_version() {
        check("application/json;v=v1beta1;g=config.k8s.io;as=Statusz", Some(Form::Json("v1beta1")));
        check(
            "application/yaml;as=Statusz;v=v1alpha1;g=config.k8s.io",
            Some(Form::Yaml("v1alpha1")),
        );
        check("application/json;v=v1;g=config.k8s.io;as=Statusz", None);
        check("application/json;v=v1beta1;g=config.k8s.io;as=Flagz", None);
        check("application/cbor;v=v1beta1;g=config.k8s.io;as=Statusz", None);
    }

    #[test]
    fn pages_read_as_stocks() {
        let pages = Pages {
            component: "apiserver",
            started: 1_795_244_334,
            flags: BTreeMap::from([("v".to_owned(), "0".to_owned())]),
            paths: vec!["/flagz", "/statusz"],
        };
        let text = pages.text("Statusz", pages.started + 4205);
        assert!(text.contains("\nStarted: Sat Nov 21 06:58:54 UTC 2026\nUp: 1 hr 10 min 05 sec\n"));
        assert!(text.ends_with("\nEmulation version: 1.37\nPaths: /flagz /statusz\n"));
        assert_eq!(
            pages.json("Flagz", "v1beta1", 0),
            "{\"kind\":\"Flagz\",\"apiVersion\":\"config.k8s.io/v1beta1\",\
             \"metadata\":{\"name\":\"apiserver\"},\"flags\":{\"v\":\"0\"}}"
        );
        let json = pages.json("Statusz", "v1beta1", pages.started + 12);
        assert!(json.contains("\"startTime\":\"2026-11-21T06:58:54Z\",\"uptimeSeconds\":12,"));
    }
}

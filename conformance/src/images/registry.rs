//! A registry that serves a layout, for pulls only: tests that always pull need one that answers.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::Error;

const OCTETS: &str = "application/octet-stream";

/// Serves as long as the process lives.
pub struct Registry {
    blobs: PathBuf,
    /// Digests by repository and tag.
    names: BTreeMap<String, String>,
}

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    /// The registry is one.
    Here,
    /// Content, by digest, of a media type.
    Blob(String, &'static str),
    Nothing,
}

impl Registry {
    /// Serves a layout at an address of the network that the caller is in.
    pub fn serve(layout: &Path, address: &str) -> Result<(), Error> {
        let failed = |reason: &dyn std::fmt::Display| Error::Program {
            program: "registry".into(),
            reason: reason.to_string(),
        };
        let path = layout.join("index.json");
        let index = std::fs::read(&path).map_err(|error| Error::file(&path, error))?;
        let index = serde_json::from_slice(&index).map_err(|error| failed(&error))?;
        let registry = Arc::new(Self::new(layout, &index));
        let listener = TcpListener::bind(address).map_err(|error| failed(&error))?;
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let registry = registry.clone();
                // A client that goes away in the middle has its reasons.
                std::thread::spawn(move || registry.converse(stream).ok());
            }
        });
        Ok(())
    }

    fn new(layout: &Path, index: &Value) -> Self {
        let entries = index["manifests"].as_array().into_iter().flatten();
        let name = |entry: &Value| {
            let name = entry.pointer("/annotations/io.containerd.image.name")?.as_str()?;
            let (_host, path) = name.split_once('/')?;
            Some((path.to_owned(), entry["digest"].as_str()?.to_owned()))
        };
        Self { blobs: layout.join("blobs"), names: entries.filter_map(name).collect() }
    }

    /// Answers requests until the client has no more.
    fn converse(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let mut words = line.split(' ');
            let (Some(method), Some(path)) = (words.next(), words.next()) else {
                return Ok(());
            };
            let mut header = String::from("-");
            while !header.trim().is_empty() {
                header.clear();
                reader.read_line(&mut header)?;
            }
            self.answer(&mut stream, method, path)?;
        }
    }

    fn answer(&self, stream: &mut TcpStream, method: &str, path: &str) -> std::io::Result<()> {
        let head = |status: &str, kind: &str, length: u64, digest: &str| {
            format!(
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{digest}\r\n"
            )
        };
        let json = "application/json";
        let (digest, kind) = match self.find(path) {
            Answer::Here => return stream.write_all(head("200 OK", json, 0, "").as_bytes()),
            Answer::Nothing => {
                return stream.write_all(head("404 Not Found", json, 0, "").as_bytes());
            }
            Answer::Blob(digest, kind) => (digest, kind),
        };
        let Ok(mut blob) = File::open(self.blobs.join(digest.replace(':', "/"))) else {
            return stream.write_all(head("404 Not Found", json, 0, "").as_bytes());
        };
        let length = blob.metadata()?.len();
        let digest = format!("Docker-Content-Digest: {digest}\r\n");
        stream.write_all(head("200 OK", kind, length, &digest).as_bytes())?;
        if method == "GET" {
            std::io::copy(&mut blob, stream)?;
        }
        Ok(())
    }

    fn find(&self, path: &str) -> Answer {
        let path = path.split('?').next().unwrap_or_default().trim_matches('/');
        if path == "v2" {
            return Answer::Here;
        }
        let Some(path) = path.strip_prefix("v2/") else { return Answer::Nothing };
        let digest = |text: &str| {
            let hex = text.strip_prefix("sha256:")?;
            hex.chars().all(|c| c.is_ascii_hexdigit()).then(|| text.to_owned())
        };
        if let Some((_, reference)) = path.split_once("/blobs/") {
            return digest(reference).map_or(Answer::Nothing, |text| Answer::Blob(text, OCTETS));
        }
        let Some((name, reference)) = path.split_once("/manifests/") else {
            return Answer::Nothing;
        };
        let known = || self.names.get(&format!("{name}:{reference}")).cloned();
        digest(reference).or_else(known).map_or(Answer::Nothing, |text| {
            Answer::Blob(text, "application/vnd.oci.image.manifest.v1+json")
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::{Answer, OCTETS, Registry};

    #[test]
    fn paths_of_the_distribution_protocol_lead_to_blobs() {
        let index = json!({ "manifests": [{
            "digest": "sha256:ab",
            "annotations": { "io.containerd.image.name": "registry.example/a/b:1" },
        }] });
        let registry = Registry::new(Path::new("/"), &index);
        let manifest = "application/vnd.oci.image.manifest.v1+json";
        for (path, want) in [
            ("/v2/", Answer::Here),
            ("/v2/a/b/manifests/1?ns=registry.example", Answer::Blob("sha256:ab".into(), manifest)),
            ("/v2/a/b/manifests/sha256:ab", Answer::Blob("sha256:ab".into(), manifest)),
            ("/v2/a/b/blobs/sha256:cd", Answer::Blob("sha256:cd".into(), OCTETS)),
            ("/v2/a/b/manifests/2", Answer::Nothing),
            ("/v2/a/b/blobs/sha256:../../etc", Answer::Nothing),
            ("/elsewhere", Answer::Nothing),
        ] {
            assert_eq!(registry.find(path), want, "{path}");
        }
    }
}

//! The user's kubeconfig: our context goes in beside the others, as kind's does.

use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pintle_api::codec::yaml;
use rustls_pki_types::CertificateDer;
use serde_json::{Value, json};

/// Name of our cluster, user and context.
pub(crate) const CONTEXT: &str = "pintle";

/// The file that kubectl would write to: the first of `$KUBECONFIG`, else `~/.kube/config`.
pub(crate) fn user_file() -> Option<PathBuf> {
    let listed = std::env::var_os("KUBECONFIG").filter(|list| !list.is_empty());
    if let Some(list) = listed {
        return std::env::split_paths(&list).find(|path| !path.as_os_str().is_empty());
    }
    std::env::var_os("HOME").map(|home| Path::new(&home).join(".kube").join("config"))
}

/// Puts the cluster, user and context of `own` into `file` and makes the context the current one.
pub(crate) fn merge(file: &Path, own: &Path) -> io::Result<()> {
    let own = read(own)?;
    let mut merged = if file.exists() { read(file)? } else { empty() };
    for (list, inner) in [("clusters", "cluster"), ("users", "user")] {
        let entry = json!({ "name": CONTEXT, inner: own[list][0][inner] });
        put(&mut merged, list, entry);
    }
    let context = json!({ "cluster": CONTEXT, "user": CONTEXT });
    put(&mut merged, "contexts", json!({ "name": CONTEXT, "context": context }));
    merged["current-context"] = CONTEXT.into();
    write(file, &merged)
}

/// Takes our entries out again; the file stays, whatever else is in it.
pub(crate) fn remove(file: &Path) -> io::Result<()> {
    if !file.exists() {
        return Ok(());
    }
    let mut merged = read(file)?;
    for list in ["clusters", "users", "contexts"] {
        if let Some(entries) = merged[list].as_array_mut() {
            entries.retain(|entry| entry["name"] != CONTEXT);
        }
    }
    if merged["current-context"] == CONTEXT {
        merged["current-context"] = "".into();
    }
    write(file, &merged)
}

/// The client certificate that a kubeconfig holds.
pub(crate) fn client_certificates(file: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let config = read(file)?;
    let text = config["users"][0]["user"]["client-certificate-data"].as_str().unwrap_or_default();
    let pem = STANDARD.decode(text).map_err(io::Error::other)?;
    pintle_component::pki::certificates(&pem).map_err(io::Error::other)
}

fn empty() -> Value {
    json!({
        "apiVersion": "v1", "kind": "Config", "preferences": {}, "current-context": "",
        "clusters": [], "users": [], "contexts": [],
    })
}

fn put(config: &mut Value, list: &str, entry: Value) {
    if !config[list].is_array() {
        config[list] = json!([]);
    }
    if let Some(entries) = config[list].as_array_mut() {
        entries.retain(|known| known["name"] != entry["name"]);
        entries.push(entry);
    }
}

fn read(file: &Path) -> io::Result<Value> {
    let text = std::fs::read(file)?;
    yaml::parse(&text).map(|document| document.value).map_err(|error| {
        io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", file.display()))
    })
}

/// Writes beside the file and renames, so that nobody reads half a file.
fn write(file: &Path, config: &Value) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let text = String::from_utf8(yaml::write(config)).map_err(io::Error::other)?;
    let beside = file.with_extension("pintle-new");
    pintle_component::pki::layout::write(&beside, &text, 0o600).map_err(io::Error::other)?;
    std::fs::rename(&beside, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_contexts_stay() {
        let folder = tempfile::tempdir().unwrap();
        let (file, own) = (folder.path().join("config"), folder.path().join("admin.conf"));
        let other = "apiVersion: v1\nkind: Config\ncurrent-context: other\n\
                     contexts: [{name: other, context: {cluster: o, user: o}}]\n";
        std::fs::write(&file, other).unwrap();
        let admin = "clusters: [{name: c, cluster: {server: 'https://localhost'}}]\n\
                     users: [{name: u, user: {token: t}}]\n";
        std::fs::write(&own, admin).unwrap();
        for _ in 0..2 {
            merge(&file, &own).unwrap();
        }
        let merged = read(&file).unwrap();
        assert_eq!(merged["contexts"].as_array().unwrap().len(), 2);
        assert_eq!(merged["current-context"], CONTEXT);
        assert_eq!(merged["clusters"][0]["cluster"]["server"], "https://localhost");
        remove(&file).unwrap();
        let left = read(&file).unwrap();
        assert_eq!(left["contexts"].as_array().unwrap().len(), 1);
        assert_eq!(left["contexts"][0]["name"], "other");
    }
}

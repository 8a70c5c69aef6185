//! An OCI image layout in the making, as a folder.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::tar::Tar;
use crate::Error;
use crate::process::run;

/// A folder that `ctr images import` takes, packed by `tar`, and that a registry can be served from.
pub(super) struct Layout {
    folder: PathBuf,
    manifests: Vec<Value>,
}

/// Something stored under its digest.
#[derive(Clone, Debug)]
pub(super) struct Blob {
    digest: String,
    size: u64,
}

impl Layout {
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        let blobs = folder.join("blobs/sha256");
        std::fs::create_dir_all(&blobs).map_err(|error| Error::file(&blobs, error))?;
        Ok(Self { folder: folder.into(), manifests: Vec::new() })
    }

    /// Stores a layer that `fill` writes.
    pub(super) fn layer(
        &self,
        fill: impl FnOnce(&mut Tar<BufWriter<File>>) -> std::io::Result<()>,
    ) -> Result<Blob, Error> {
        let path = self.scratch();
        let write = || {
            let mut tar = Tar::new(BufWriter::new(File::create(&path)?));
            fill(&mut tar)?;
            tar.finish().map(drop)
        };
        write().map_err(|error| Error::file(&path, error))?;
        self.store()
    }

    /// Stores a layer of a folder's files, without what the patterns of `tar` exclude.
    pub(super) fn tree(&self, root: &Path, exclude: &[&str]) -> Result<Blob, Error> {
        run(Path::new("tar"), |command| {
            command.args(["--create", "--numeric-owner", "--sort=name", "--anchored"]);
            command.args(exclude.iter().map(|pattern| format!("--exclude={pattern}")));
            command.arg("--file").arg(self.scratch()).arg("--directory").arg(root).arg(".");
        })?;
        self.store()
    }

    /// Adds an image under each of the names.
    pub(super) fn image(
        &mut self,
        names: &[&str],
        layers: &[Blob],
        config: &Value,
    ) -> Result<(), Error> {
        let kind = |suffix: &str| format!("application/vnd.oci.image.{suffix}");
        let digests: Vec<&str> = layers.iter().map(|layer| layer.digest.as_str()).collect();
        let config = self.json(&json!({
            "architecture": architecture(), "os": "linux", "config": config,
            "rootfs": { "type": "layers", "diff_ids": digests },
        }))?;
        let described = |blob: &Blob, suffix: &str| json!({ "mediaType": kind(suffix), "digest": blob.digest, "size": blob.size });
        let layers: Vec<Value> =
            layers.iter().map(|layer| described(layer, "layer.v1.tar")).collect();
        let manifest = self.json(&json!({
            "schemaVersion": 2, "mediaType": kind("manifest.v1+json"),
            "config": described(&config, "config.v1+json"), "layers": layers,
        }))?;
        for name in names {
            let mut entry = described(&manifest, "manifest.v1+json");
            entry["platform"] = json!({ "architecture": architecture(), "os": "linux" });
            entry["annotations"] = json!({
                "io.containerd.image.name": name, "org.opencontainers.image.ref.name": name,
            });
            self.manifests.push(entry);
        }
        Ok(())
    }

    /// Writes the index, without which the folder is no layout.
    pub(super) fn finish(self) -> Result<(), Error> {
        let index = json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
            "manifests": self.manifests,
        });
        let version = json!({ "imageLayoutVersion": "1.0.0" });
        for (name, content) in [("oci-layout", version), ("index.json", index)] {
            let path = self.folder.join(name);
            std::fs::write(&path, content.to_string())
                .map_err(|error| Error::file(&path, error))?;
        }
        Ok(())
    }

    fn json(&self, content: &Value) -> Result<Blob, Error> {
        let path = self.scratch();
        std::fs::write(&path, content.to_string()).map_err(|error| Error::file(&path, error))?;
        self.store()
    }

    fn scratch(&self) -> PathBuf {
        self.folder.join("blobs/new")
    }

    /// Gives what was written its digest for a name.
    fn store(&self) -> Result<Blob, Error> {
        let path = self.scratch();
        let said = run(Path::new("sha256sum"), |command| {
            command.arg(&path);
        })?;
        let digest = said.split(' ').next().unwrap_or_default().to_owned();
        let failed = |error| Error::file(&path, error);
        let size = std::fs::metadata(&path).map_err(failed)?.len();
        std::fs::rename(&path, self.folder.join("blobs/sha256").join(&digest)).map_err(failed)?;
        Ok(Blob { digest: format!("sha256:{digest}"), size })
    }
}

/// The architecture in Go's words.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Layout;

    #[test]
    fn every_name_leads_to_its_layers() {
        let folder = tempfile::tempdir().unwrap();
        let mut layout = Layout::new(folder.path()).unwrap();
        let layer = layout.layer(|tar| tar.file("bin/a", 0o755, b"a program")).unwrap();
        layout.image(&["one", "two"], &[layer], &json!({ "Cmd": ["a"] })).unwrap();
        layout.finish().unwrap();
        let read = |digest: &Value| {
            let name = digest.as_str().unwrap().strip_prefix("sha256:").unwrap();
            std::fs::read(folder.path().join("blobs/sha256").join(name)).unwrap()
        };
        let json = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).unwrap();
        let index = json(std::fs::read(folder.path().join("index.json")).unwrap());
        let names: Vec<&Value> = index["manifests"].as_array().unwrap().iter().collect();
        assert_eq!(names[0]["digest"], names[1]["digest"]);
        assert_eq!(names[1]["annotations"]["io.containerd.image.name"], "two");
        let manifest = json(read(&names[0]["digest"]));
        let layer = read(&manifest["layers"][0]["digest"]);
        assert_eq!(manifest["layers"][0]["size"], layer.len());
        let config = json(read(&manifest["config"]["digest"]));
        assert_eq!(config["rootfs"]["diff_ids"][0], manifest["layers"][0]["digest"]);
        let archive = folder.path().join("layer.tar");
        std::fs::write(&archive, layer).unwrap();
        let printed = std::process::Command::new("tar")
            .args(["--extract", "--to-stdout", "--file"])
            .arg(&archive)
            .arg("bin/a")
            .output()
            .unwrap();
        assert_eq!(printed.stdout, b"a program");
    }
}

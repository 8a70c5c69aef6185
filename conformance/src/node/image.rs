//! Container images from one static program, as an archive that `ctr images import` takes.
//!
//! No registry is asked: the archive is an OCI image layout whose only layer holds busybox.

use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::Error;

/// Image of every workload: a shell, a web server, `tar`.
pub(crate) const TOOLS: &str = "localhost/pintle/busybox:1";
/// Image of what holds a pod's namespaces.
pub(crate) const PAUSE: &str = "localhost/pintle/pause:1";

const BLOCK: usize = 512;
const FOLDERS: &[&str] = &["bin", "dev", "etc", "proc", "sys", "tmp", "www"];
const PROGRAMS: &[&str] = &["cat", "echo", "httpd", "ls", "sh", "sleep", "tar"];

/// Writes the archive with both images; `busybox` is linked statically.
pub(crate) fn write(archive: &Path, busybox: &Path) -> Result<(), Error> {
    let program = std::fs::read(busybox).map_err(|error| Error::file(busybox, error))?;
    let mut layout = Layout::default();
    let layer = layer(&program);
    let endless = ["/bin/busybox", "sleep", "2147483647"];
    layout.image(PAUSE, &layer, &json!({ "Entrypoint": endless }));
    layout.image(TOOLS, &layer, &json!({ "Cmd": endless, "Env": ["PATH=/bin"] }));
    std::fs::write(archive, layout.finish()).map_err(|error| Error::file(archive, error))
}

fn layer(busybox: &[u8]) -> Vec<u8> {
    let mut tar = Tar::default();
    for folder in FOLDERS {
        let mode = if *folder == "tmp" { 0o1777 } else { 0o755 };
        tar.entry(folder, b'5', mode, "", &[]);
    }
    tar.entry("bin/busybox", b'0', 0o755, "", busybox);
    for program in PROGRAMS {
        tar.entry(&format!("bin/{program}"), b'2', 0o777, "busybox", &[]);
    }
    tar.entry("etc/passwd", b'0', 0o644, "", b"root:x:0:0:root:/:/bin/sh\n");
    tar.finish()
}

/// An OCI image layout in the making.
#[derive(Default)]
struct Layout {
    tar: Tar,
    written: Vec<String>,
    manifests: Vec<Value>,
}

impl Layout {
    fn image(&mut self, name: &str, layer: &[u8], config: &Value) {
        let kind = |suffix: &str| format!("application/vnd.oci.image.{suffix}");
        let layer_digest = self.blob(layer);
        let config = json!({
            "architecture": architecture(), "os": "linux", "config": config,
            "rootfs": { "type": "layers", "diff_ids": [layer_digest] },
        })
        .to_string();
        let manifest = json!({
            "schemaVersion": 2, "mediaType": kind("manifest.v1+json"),
            "config": {
                "mediaType": kind("config.v1+json"), "digest": self.blob(config.as_bytes()),
                "size": config.len(),
            },
            "layers": [{
                "mediaType": kind("layer.v1.tar"), "digest": layer_digest, "size": layer.len(),
            }],
        })
        .to_string();
        let digest = self.blob(manifest.as_bytes());
        self.manifests.push(json!({
            "mediaType": kind("manifest.v1+json"), "digest": digest, "size": manifest.len(),
            "annotations": {
                "io.containerd.image.name": name, "org.opencontainers.image.ref.name": name,
            },
        }));
    }

    /// Adds content once, and returns its digest.
    fn blob(&mut self, content: &[u8]) -> String {
        let digest = format!("{:x}", Sha256::digest(content));
        if !self.written.contains(&digest) {
            self.tar.entry(&format!("blobs/sha256/{digest}"), b'0', 0o644, "", content);
            self.written.push(digest.clone());
        }
        format!("sha256:{digest}")
    }

    fn finish(mut self) -> Vec<u8> {
        let index = json!({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
            "manifests": self.manifests,
        });
        self.tar.entry("index.json", b'0', 0o644, "", index.to_string().as_bytes());
        self.tar.entry("oci-layout", b'0', 0o644, "", br#"{"imageLayoutVersion":"1.0.0"}"#);
        self.tar.finish()
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

/// A tar archive in the making, in the ustar format of POSIX.
#[derive(Default)]
struct Tar {
    bytes: Vec<u8>,
}

impl Tar {
    fn entry(&mut self, name: &str, kind: u8, mode: u32, link: &str, content: &[u8]) {
        let mut header = [0_u8; BLOCK];
        let mut put = |at: usize, text: &str| {
            header[at..at + text.len()].copy_from_slice(text.as_bytes());
        };
        put(0, name);
        put(100, &format!("{mode:07o}"));
        put(108, "0000000");
        put(116, "0000000");
        put(124, &format!("{:011o}", content.len()));
        put(136, "00000000000");
        // The sum counts its own field as blanks.
        put(148, "        ");
        put(157, link);
        put(257, "ustar");
        put(263, "00");
        header[156] = kind;
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        self.bytes.extend_from_slice(&header);
        self.bytes.extend_from_slice(content);
        self.pad();
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(&[0; 2 * BLOCK]);
        self.bytes
    }

    fn pad(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(BLOCK), 0);
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{PAUSE, TOOLS, write};

    #[test]
    fn the_archive_lists_what_tar_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let (program, archive) = (folder.path().join("busybox"), folder.path().join("images.tar"));
        std::fs::write(&program, "a program").unwrap();
        write(&archive, &program).unwrap();
        let tar = |arguments: &[&str]| {
            let read = Command::new("tar").args(arguments).arg("-f").arg(&archive).output();
            let read = read.unwrap();
            assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
            String::from_utf8(read.stdout).unwrap()
        };
        let listed = tar(&["-t"]);
        // One layer, and a configuration and a manifest for each image.
        assert_eq!(listed.lines().filter(|line| line.starts_with("blobs/")).count(), 5);
        let index = std::process::Command::new("tar")
            .args(["-x", "-O", "-f"])
            .arg(&archive)
            .arg("index.json")
            .output()
            .unwrap();
        let index: serde_json::Value = serde_json::from_slice(&index.stdout).unwrap();
        let name = "/annotations/io.containerd.image.name";
        let names: Vec<_> =
            index["manifests"].as_array().unwrap().iter().map(|m| m.pointer(name)).collect();
        assert_eq!(names, [Some(&PAUSE.into()), Some(&TOOLS.into())]);
    }
}

//! Which image holds what.

use std::fs::File;
use std::io::{BufWriter, Result};

use serde_json::{Value, json};

use super::Sources;
use super::tar::Tar;

/// The image that holds a pod's namespaces.
pub const PAUSE: &str = "registry.k8s.io/pause:3.10.2";
/// The layer that is a folder.
pub(super) const ROOT: &str = "root";

/// Layers that hold a program of the stock release, and the program.
pub(super) const PROGRAMS: &[(&str, &str)] = &[
    ("agnhost", "agnhost"),
    ("nonewprivs", "nnp"),
    ("coredns", "coredns"),
    ("sample-apiserver", "sample-apiserver"),
    ("etcd", "etcd"),
];

/// An image, under all its names.
pub(super) struct Row {
    pub(super) names: &'static [&'static str],
    /// Lowest first.
    pub(super) layers: &'static [&'static str],
    pub(super) config: fn() -> Value,
}

impl Row {
    /// Programs of the stock release that the image holds.
    pub(super) fn programs(&self) -> impl Iterator<Item = &'static str> {
        let held = PROGRAMS.iter().filter(|(layer, _)| self.layers.contains(layer));
        held.map(|(_, program)| *program)
    }
}

pub(super) const IMAGES: &[Row] = &[
    Row {
        names: &[
            PAUSE,
            "registry.k8s.io/pause:3.10.1",
            "registry.k8s.io/pause:3.10",
            "registry.k8s.io/pause:3.6",
        ],
        layers: &["pause"],
        config: || json!({ "Entrypoint": ["/pause"], "User": "65535:65535" }),
    },
    Row {
        names: &["registry.k8s.io/e2e-test-images/busybox:1.37.0-2"],
        layers: &["busybox"],
        config: || json!({ "Cmd": ["sh"], "Env": [PATH] }),
    },
    Row {
        names: &[
            "registry.k8s.io/e2e-test-images/agnhost:2.66.1",
            "registry.k8s.io/e2e-test-images/agnhost:2.55",
        ],
        layers: &[ROOT, "agnhost"],
        config: || json!({ "Entrypoint": ["/agnhost"], "Cmd": ["pause"], "Env": [PATH] }),
    },
    Row {
        names: &["registry.k8s.io/e2e-test-images/nautilus:1.8"],
        layers: &[ROOT, "agnhost", "nautilus"],
        config: web,
    },
    Row {
        names: &["registry.k8s.io/e2e-test-images/kitten:1.8"],
        layers: &[ROOT, "agnhost", "kitten"],
        config: web,
    },
    Row {
        names: &["registry.k8s.io/e2e-test-images/glibc-dns-testing:2.1.1"],
        layers: &[ROOT],
        config: || json!({ "Cmd": ["bash"], "Env": [PATH] }),
    },
    Row {
        names: &[
            "registry.k8s.io/e2e-test-images/nginx:1.27.0-2",
            "registry.k8s.io/e2e-test-images/nginx:1.28.0-2",
        ],
        layers: &[ROOT, "nginx"],
        config: || {
            json!({
                "Entrypoint": ["nginx"], "Cmd": ["-g", "daemon off;"], "Env": [PATH],
                "ExposedPorts": { "80/tcp": {} },
            })
        },
    },
    Row {
        names: &["registry.k8s.io/e2e-test-images/nonroot:1.5"],
        layers: &["busybox"],
        config: || json!({ "Cmd": ["sh"], "User": "1234", "Env": [PATH] }),
    },
    Row {
        names: &["registry.k8s.io/e2e-test-images/nonewprivs:1.4"],
        layers: &["busybox", "nonewprivs"],
        config: || json!({ "Cmd": ["nnp"], "Env": [PATH] }),
    },
    Row {
        names: &["registry.k8s.io/coredns/coredns:v1.14.6"],
        layers: &["coredns"],
        config: || json!({ "Entrypoint": ["/coredns"] }),
    },
    Row {
        names: &["registry.k8s.io/e2e-test-images/sample-apiserver:1.29.2"],
        layers: &["busybox", "sample-apiserver"],
        config: || json!({ "Entrypoint": ["/sample-apiserver"], "Env": [PATH] }),
    },
    Row {
        names: &["registry.k8s.io/etcd:3.7.0-0"],
        layers: &["busybox", "etcd"],
        config: || json!({ "Env": [PATH] }),
    },
];

const PATH: &str = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

fn web() -> Value {
    json!({ "Entrypoint": ["/agnhost"], "Cmd": ["test-webserver"], "Env": [PATH] })
}

type Archive = Tar<BufWriter<File>>;
/// What a layer holds.
type Fill = fn(&Sources, &mut Archive) -> Result<()>;

pub(super) const LAYERS: &[(&str, Fill)] = &[
    ("pause", |sources, tar| {
        tar.file("pause", 0o755, &std::fs::read(sources.tools.join("pause"))?)
    }),
    ("busybox", busybox),
    ("agnhost", agnhost),
    ("nautilus", |_, tar| picture(tar, "nautilus.jpg")),
    ("kitten", |_, tar| picture(tar, "kitten.jpg")),
    ("nginx", nginx),
    ("nonewprivs", |sources, tar| {
        // The test is whether this bit is worth anything.
        let program = std::fs::read(sources.stock.program("nnp"))?;
        tar.file("usr/local/bin/nnp", 0o6755, &program)
    }),
    ("coredns", |sources, tar| {
        users(tar)?;
        stock(sources, tar, "coredns", "coredns")
    }),
    ("sample-apiserver", |sources, tar| {
        stock(sources, tar, "sample-apiserver", "sample-apiserver")
    }),
    ("etcd", |sources, tar| stock(sources, tar, "etcd", "usr/local/bin/etcd")),
];

const USERS: &str = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n";
const USER_GROUPS: &str = "root:x:0:\nnogroup:x:65534:\n";

fn stock(sources: &Sources, tar: &mut Archive, program: &str, path: &str) -> Result<()> {
    tar.file(path, 0o755, &std::fs::read(sources.stock.program(program))?)
}

fn users(tar: &mut Archive) -> Result<()> {
    tar.folder("etc", 0o755)?;
    tar.folder("tmp", 0o1777)?;
    tar.file("etc/passwd", 0o644, USERS.as_bytes())?;
    tar.file("etc/group", 0o644, USER_GROUPS.as_bytes())
}

fn busybox(sources: &Sources, tar: &mut Archive) -> Result<()> {
    for name in ["bin", "dev", "home", "lib", "proc", "root", "sbin", "sys", "usr", "var"] {
        tar.folder(name, 0o755)?;
    }
    for name in ["usr/bin", "usr/local", "usr/local/bin", "var/run"] {
        tar.folder(name, 0o755)?;
    }
    users(tar)?;
    tar.file("bin/busybox", 0o755, &std::fs::read(&sources.busybox)?)?;
    tar.file("bin/bash", 0o755, &std::fs::read(&sources.bash)?)?;
    tar.file("bin/sh", 0o755, &std::fs::read(sources.tools.join("sh"))?)?;
    for name in &sources.applets {
        tar.link(&format!("bin/{name}"), "/bin/busybox")?;
    }
    Ok(())
}

fn agnhost(sources: &Sources, tar: &mut Archive) -> Result<()> {
    stock(sources, tar, "agnhost", "agnhost")?;
    tar.link("agnhost-2", "agnhost")?;
    tar.folder("uploads", 0o755)?;
    for name in ["localhost.crt", "localhost.key"] {
        tar.file(name, 0o644, &std::fs::read(sources.stock.program(name))?)?;
    }
    // A test of image volumes reads the name of the system that upstream's image stands on.
    tar.file("etc/os-release", 0o644, b"NAME=\"Alpine Linux\"\nID=alpine\n")?;
    // Others look up a user and a group that exist only in the image.
    for (name, own) in [
        ("etc/passwd", "user-defined-in-image:x:1000:1000::/home/user-defined-in-image:/bin/sh\n"),
        (
            "etc/group",
            "user-defined-in-image:x:1000:\n\
             group-defined-in-image:x:50000:user-defined-in-image\n",
        ),
    ] {
        let mut content = std::fs::read(sources.debian.join(name))?;
        content.extend_from_slice(own.as_bytes());
        tar.file(name, 0o644, &content)?;
    }
    Ok(())
}

/// What `kubectl`'s tests tell two versions of an application by.
fn picture(tar: &mut Archive, name: &str) -> Result<()> {
    tar.file(name, 0o644, b"-")?;
    tar.file("data.json", 0o644, json!({ "image": name }).to_string().as_bytes())
}

fn nginx(_: &Sources, tar: &mut Archive) -> Result<()> {
    tar.file(
        "etc/nginx/nginx.conf",
        0o644,
        b"worker_processes 1;\n\
          pid /var/run/nginx.pid;\n\
          events {}\n\
          http {\n\
          \x20 include /etc/nginx/mime.types;\n\
          \x20 access_log /dev/stdout;\n\
          \x20 error_log /dev/stderr;\n\
          \x20 include /etc/nginx/conf.d/*.conf;\n\
          }\n",
    )?;
    tar.folder("etc/nginx/conf.d", 0o755)?;
    tar.file(
        "etc/nginx/conf.d/default.conf",
        0o644,
        b"server { listen 80; location / { root /usr/share/nginx/html; } }\n",
    )?;
    tar.folder("usr/share/nginx/html", 0o755)?;
    tar.file(
        "usr/share/nginx/html/index.html",
        0o644,
        b"<!DOCTYPE html>\n<title>Welcome to nginx!</title>\n<h1>Welcome to nginx!</h1>\n",
    )
}

#[cfg(test)]
mod tests {
    use super::{IMAGES, LAYERS, PROGRAMS, ROOT};

    #[test]
    fn every_layer_is_known_and_used() {
        let used: Vec<&str> = IMAGES.iter().flat_map(|row| row.layers).copied().collect();
        let known: Vec<&str> = LAYERS.iter().map(|(name, _)| *name).chain([ROOT]).collect();
        assert!(used.iter().all(|name| known.contains(name)), "{used:?}");
        assert!(known.iter().all(|name| used.contains(name)), "{known:?}");
        assert!(PROGRAMS.iter().all(|(layer, _)| known.contains(layer)), "{PROGRAMS:?}");
    }

    #[test]
    fn no_name_stands_for_two_images() {
        let mut names: Vec<&str> = IMAGES.iter().flat_map(|row| row.names).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}

//! Container images under the names that the upstream suite asks for, made of local parts.
//!
//! No registry is contacted: layers hold the release's own programs, static shells and a Debian root
//! that `debootstrap` makes from the distribution's packages. A name says what a test expects to find
//! in the image, not what upstream's image of that name holds beyond it.

mod layout;
mod registry;
mod table;
mod tar;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use crate::Error;
use crate::cluster::requirements;
use crate::process::{run, run_within};
use crate::stock::Stock;
use layout::{Blob, Layout};

pub use registry::Registry;
pub use table::PAUSE;

/// Image of every workload of the node run: a shell, a web server, `tar`.
pub const TOOLS: &str = "localhost/pintle/busybox:1";
/// Image of what holds a pod's namespaces there.
pub const TOOLS_PAUSE: &str = "localhost/pintle/pause:1";

/// Debian's release, and its packages besides the base in images that have a root.
const DEBIAN: &str = "bookworm";
const PACKAGES: &str = "bind9-dnsutils,curl,iperf,iproute2,iputils-ping,netcat-openbsd,nginx-light,\
                        procps,socat,wget";
/// How long the distribution's packages may take.
const DOWNLOAD: Duration = Duration::from_mins(8);
/// What a root is packed without.
const EXCLUDED: &[&str] = &[
    "./dev/*",
    "./proc/*",
    "./sys/*",
    "./usr/share/doc/*",
    "./usr/share/locale/*",
    "./usr/share/man/*",
    "./var/cache/apt/*",
    "./var/lib/apt/lists/*",
];

/// Where images and what they are made of are, in the repository.
const FOLDER: &str = "target/stock";
/// File, beside the layout, that says what the images were made of.
const RECIPE: &str = "recipe";

/// What layers are made of.
struct Sources {
    stock: Stock,
    /// Folder of the programs in `conformance/images`, built.
    tools: PathBuf,
    /// Folder of the Debian root.
    debian: PathBuf,
    busybox: PathBuf,
    bash: PathBuf,
    /// Names that busybox answers to.
    applets: Vec<String>,
}

/// The suite's images, as a layout, if they have been made.
pub fn find(root: &Path, stock: &Stock) -> Result<PathBuf, Error> {
    let images = root.join(FOLDER).join("images");
    let recipe = recipe(root, stock)?;
    if std::fs::read_to_string(images.join(RECIPE)).is_ok_and(|known| known == recipe) {
        return Ok(images);
    }
    Err(Error::Missing(format!(
        "no images in {}: `cargo xtask stock` makes them",
        images.display()
    )))
}

/// The suite's images, as a layout; made if they are not there yet. `progress` is told what is made.
/// An image whose program is not built is left out: what is run then has no use for it.
pub fn build(root: &Path, stock: &Stock, progress: impl Fn(&str)) -> Result<PathBuf, Error> {
    if let Ok(images) = find(root, stock) {
        return Ok(images);
    }
    let folder = root.join(FOLDER);
    let images = folder.join("images");
    let recipe = recipe(root, stock)?;
    let sources = gather(root, stock, &folder, &progress)?;
    progress("images");
    // Others may run on what is there: it is replaced when the new is whole.
    let (new, old) = (folder.join("images.new"), folder.join("images.old"));
    for half in [&new, &old] {
        if half.exists() {
            std::fs::remove_dir_all(half).map_err(|error| Error::file(half, error))?;
        }
    }
    let mut layout = Layout::new(&new)?;
    let mut layers: BTreeMap<&str, Blob> = BTreeMap::new();
    for row in table::IMAGES.iter().filter(|row| row.programs().all(|name| has(stock, name))) {
        for name in row.layers {
            if !layers.contains_key(name) {
                layers.insert(name, layer(&layout, name, &sources)?);
            }
        }
        let layers: Vec<Blob> = row.layers.iter().map(|name| layers[name].clone()).collect();
        layout.image(row.names, &layers, &(row.config)())?;
    }
    layout.finish()?;
    std::fs::write(new.join(RECIPE), recipe).map_err(|error| Error::file(&new, error))?;
    if images.exists() {
        std::fs::rename(&images, &old).map_err(|error| Error::file(&images, error))?;
    }
    std::fs::rename(&new, &images).map_err(|error| Error::file(&images, error))?;
    if old.exists() {
        std::fs::remove_dir_all(&old).map_err(|error| Error::file(&old, error))?;
    }
    Ok(images)
}

/// Images of the node run in a folder: one static busybox.
pub(crate) fn build_tools(folder: &Path, busybox: &Path) -> Result<(), Error> {
    let program = std::fs::read(busybox).map_err(|error| Error::file(busybox, error))?;
    let mut layout = Layout::new(folder)?;
    let layer = layout.layer(|tar| {
        for name in ["bin", "dev", "etc", "proc", "sys", "www"] {
            tar.folder(name, 0o755)?;
        }
        tar.folder("tmp", 0o1777)?;
        tar.file("bin/busybox", 0o755, &program)?;
        for name in ["cat", "echo", "httpd", "ls", "sh", "sleep", "tar"] {
            tar.link(&format!("bin/{name}"), "busybox")?;
        }
        tar.file("etc/passwd", 0o644, b"root:x:0:0:root:/:/bin/sh\n")
    })?;
    let endless = ["/bin/busybox", "sleep", "2147483647"];
    let layers = [layer];
    layout.image(&[TOOLS_PAUSE], &layers, &json!({ "Entrypoint": endless }))?;
    layout.image(&[TOOLS], &layers, &json!({ "Cmd": endless, "Env": ["PATH=/bin"] }))?;
    layout.finish()
}

fn has(stock: &Stock, program: &str) -> bool {
    stock.program(program).exists()
}

/// What the images depend on, in a text that changes with it.
fn recipe(root: &Path, stock: &Stock) -> Result<String, Error> {
    let mut text = format!("{DEBIAN} {PACKAGES} {}\n", EXCLUDED.join(" "));
    for name in table::PROGRAMS.iter().map(|(_, program)| program).filter(|name| has(stock, name)) {
        let path = stock.program(name);
        let failed = |error| Error::file(&path, error);
        let about = std::fs::metadata(&path).map_err(failed)?;
        let changed = about.modified().map_err(failed)?;
        // Writing to a string cannot fail.
        writeln!(text, "{} {} {changed:?}", path.display(), about.len()).ok();
    }
    for name in ["images/pause.c", "images/sh.c", "src/images/table.rs"] {
        let path = root.join("conformance").join(name);
        text += &std::fs::read_to_string(&path).map_err(|error| Error::file(&path, error))?;
    }
    Ok(text)
}

/// Makes what layers are made of.
fn gather(
    root: &Path,
    stock: &Stock,
    folder: &Path,
    progress: &impl Fn(&str),
) -> Result<Sources, Error> {
    requirements::for_images()?;
    let tools = folder.join("tools");
    std::fs::create_dir_all(&tools).map_err(|error| Error::file(&tools, error))?;
    for name in ["pause", "sh"] {
        run(Path::new("cc"), |command| {
            command.args(["-static", "-Os", "-s", "-Wall", "-Wextra", "-o"]).arg(tools.join(name));
            command.arg(root.join("conformance/images").join(name).with_extension("c"));
        })?;
    }
    let debian = folder.join(DEBIAN);
    if !debian.exists() {
        progress("a Debian root");
        let half = folder.join("debian-half");
        std::fs::remove_dir_all(&half).ok();
        let debootstrap = requirements::find("debootstrap").unwrap_or_default();
        // What it mounts goes with it, even if it is ended.
        run_within(Path::new("unshare"), DOWNLOAD, |command| {
            let include = format!("--include={PACKAGES}");
            command.args(["--fork", "--kill-child", "--pid", "--mount-proc", "--mount"]);
            command.arg(debootstrap).args(["--variant=minbase", &include, DEBIAN]).arg(&half);
            command.env("PATH", requirements::path());
        })?;
        std::fs::rename(&half, &debian).map_err(|error| Error::file(&debian, error))?;
    }
    let busybox = requirements::find("busybox").unwrap_or_default();
    let listed = run(&busybox, |command| {
        command.arg("--list");
    })?;
    let own = |name: &&str| !["bash", "busybox", "sh"].contains(name);
    Ok(Sources {
        stock: stock.clone(),
        tools,
        debian,
        applets: listed.lines().filter(own).map(str::to_owned).collect(),
        busybox,
        bash: requirements::find("bash-static").unwrap_or_default(),
    })
}

fn layer(layout: &Layout, name: &str, sources: &Sources) -> Result<Blob, Error> {
    if name == table::ROOT {
        return layout.tree(&sources.debian, EXCLUDED);
    }
    let (_, fill) = table::LAYERS
        .iter()
        .find(|(known, _)| *known == name)
        .expect("a test compares the table of images with that of layers");
    layout.layer(|tar| fill(sources, tar))
}

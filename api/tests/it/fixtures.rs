//! Every kind in every form: each decodes to the same tree and encodes to the same bytes.

use std::fs;
use std::path::{Path, PathBuf};

use pintle_api::codec::protobuf::Envelope;
use pintle_api::codec::transcode::{Header, protobuf_to_json};
use pintle_api::codec::{json, protobuf, text, yaml};
use pintle_api::{Kind, catalog};

/// The folder of fixtures in the Go module cache.
pub(crate) fn testdata() -> Option<PathBuf> {
    let cache = std::env::var_os("GOMODCACHE").map(PathBuf::from).or_else(|| {
        let home = std::env::var_os("GOPATH").map(PathBuf::from);
        let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join("go")));
        Some(home?.join("pkg/mod"))
    })?;
    let module = catalog().release.replacen("v1.", "v0.", 1);
    let folder = cache.join("k8s.io").join(format!("api@{module}")).join("testdata");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no fixtures in {}", folder.display());
    None
}

/// One kind's fixtures. The `after` files hold what becomes of older data.
pub(crate) struct Fixture {
    name: String,
    pub(crate) kind: &'static Kind,
    folder: PathBuf,
}

impl Fixture {
    pub(crate) fn read(&self, extension: &str) -> Vec<u8> {
        let name = format!("{}.{extension}", self.name);
        fs::read(self.folder.join(name)).expect("fixtures come in every form")
    }

    fn read_after(&self, extension: &str) -> Vec<u8> {
        let name = format!("{}.after_roundtrip.{extension}", self.name);
        fs::read(self.folder.join(name)).unwrap_or_else(|_| self.read(extension))
    }

    fn api_version(&self) -> String {
        match self.kind.group {
            "" => self.kind.version.to_owned(),
            group => format!("{group}/{}", self.kind.version),
        }
    }
}

pub(crate) fn fixtures(folder: &Path) -> Vec<Fixture> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let name = entry.expect("the folder can be read").file_name();
        let name = name.into_string().expect("names are UTF-8");
        let Some(name) = name.strip_suffix(".pb") else { continue };
        if name.ends_with(".after_roundtrip") {
            continue;
        }
        let mut parts = name.rsplitn(3, '.');
        let (Some(kind), Some(version), Some(group)) = (parts.next(), parts.next(), parts.next())
        else {
            panic!("{name} names no kind");
        };
        let group = if group == "core" { "" } else { group };
        match catalog().kind(group, version, kind) {
            Some(kind) => {
                let folder = folder.to_owned();
                found.push(Fixture { name: name.to_owned(), kind, folder });
            }
            // Older releases had kinds that are gone.
            None => assert!(!folder.ends_with("HEAD"), "{name} is not in the catalog"),
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// Shows where two texts part.
fn difference(got: &[u8], wanted: &[u8]) -> Option<String> {
    if got == wanted {
        return None;
    }
    let at = got.iter().zip(wanted).take_while(|(a, b)| a == b).count();
    let show = |bytes: &[u8]| {
        let start = at.saturating_sub(60);
        String::from_utf8_lossy(&bytes[start..bytes.len().min(at + 60)]).into_owned()
    };
    Some(format!("at {at}:\n  got    {}\n  wanted {}", show(got), show(wanted)))
}

/// Runs a check over a release's fixtures and lists all that fail.
#[track_caller]
fn check(release: &str, check: fn(&Fixture) -> Result<(), String>) {
    let Some(folder) = testdata() else { return };
    let fixtures = fixtures(&folder.join(release));
    assert!(!fixtures.is_empty());
    let failed: Vec<String> = fixtures
        .iter()
        .filter_map(|fixture| Some(format!("{}: {}", fixture.name, check(fixture).err()?)))
        .collect();
    let count = fixtures.len();
    eprintln!("{release}: {count} kinds");
    assert!(failed.is_empty(), "{} of {count} fail:\n{}", failed.len(), failed.join("\n"));
}

fn protobuf_to_json_by_tree(fixture: &Fixture) -> Result<(), String> {
    let bytes = fixture.read("pb");
    let envelope = Envelope::read(&bytes).map_err(|error| error.to_string())?;
    let mut tree =
        protobuf::decode(fixture.kind.message, envelope.raw).map_err(|error| error.to_string())?;
    tree["apiVersion"] = envelope.api_version.into();
    tree["kind"] = envelope.kind.into();
    let json = json::encode_pretty(fixture.kind.message, &tree);
    difference(&json, &fixture.read_after("json")).map_or(Ok(()), Err)
}

fn protobuf_to_json_by_transcoder(fixture: &Fixture) -> Result<(), String> {
    let bytes = fixture.read("pb");
    let envelope = Envelope::read(&bytes).map_err(|error| error.to_string())?;
    let api_version = fixture.api_version();
    let header = Header { kind: fixture.kind.kind, api_version: &api_version, ..Header::default() };
    let mut json = Vec::new();
    protobuf_to_json(fixture.kind.message, envelope.raw, header, &mut json)
        .map_err(|error| error.to_string())?;
    difference(&text::indent(&json), &fixture.read_after("json")).map_or(Ok(()), Err)
}

fn json_to_protobuf(fixture: &Fixture) -> Result<(), String> {
    let (tree, strict) = json::decode(fixture.kind.message, &fixture.read("json"), true)
        .map_err(|error| error.to_string())?;
    if fixture.folder.ends_with("HEAD") && !strict.is_empty() {
        return Err(format!("{strict:?}"));
    }
    let raw = protobuf::encode(fixture.kind.message, &tree);
    // Events of a watch are no objects: their envelope names no type.
    let typed = fixture.kind.message.fields.iter().any(|field| field.number == 0);
    let (api_version, kind) =
        if typed { (fixture.api_version(), fixture.kind.kind) } else { (String::new(), "") };
    let bytes = Envelope::new(&api_version, kind, &raw).write();
    difference(&bytes, &fixture.read_after("pb")).map_or(Ok(()), Err)
}

fn json_to_json(fixture: &Fixture) -> Result<(), String> {
    let (tree, _) = json::decode(fixture.kind.message, &fixture.read("json"), true)
        .map_err(|error| error.to_string())?;
    let again =
        json::retype(fixture.kind.message, &tree, true).map_err(|error| error.to_string())?;
    if again != (tree.clone(), Vec::new()) {
        return Err("the tree is not canonical".to_owned());
    }
    let json = json::encode_pretty(fixture.kind.message, &tree);
    difference(&json, &fixture.read_after("json")).map_or(Ok(()), Err)
}

fn protobuf_to_protobuf(fixture: &Fixture) -> Result<(), String> {
    let bytes = fixture.read("pb");
    let envelope = Envelope::read(&bytes).map_err(|error| error.to_string())?;
    let tree =
        protobuf::decode(fixture.kind.message, envelope.raw).map_err(|error| error.to_string())?;
    let raw = protobuf::encode(fixture.kind.message, &tree);
    let bytes = Envelope { raw: &raw, ..envelope }.write();
    difference(&bytes, &fixture.read_after("pb")).map_or(Ok(()), Err)
}

fn yaml_to_tree(fixture: &Fixture) -> Result<(), String> {
    let (json, strict) = yaml::to_json(&fixture.read("yaml")).map_err(|error| error.to_string())?;
    if strict.is_some() {
        return Err(format!("{strict:?}"));
    }
    let message = fixture.kind.message;
    let (from_yaml, _) = json::decode(message, &json, true).map_err(|error| error.to_string())?;
    let (from_json, _) =
        json::decode(message, &fixture.read("json"), true).map_err(|error| error.to_string())?;
    if from_yaml == from_json { Ok(()) } else { Err("the trees differ".to_owned()) }
}

fn tree_to_yaml(fixture: &Fixture) -> Result<(), String> {
    let (tree, _) = json::decode(fixture.kind.message, &fixture.read("json"), true)
        .map_err(|error| error.to_string())?;
    let yaml = yaml::encode(fixture.kind.message, &tree);
    difference(&yaml, &fixture.read_after("yaml")).map_or(Ok(()), Err)
}

/// The release and those before it that upstream still reads.
const RELEASES: [&str; 5] = ["HEAD", "v1.36.0", "v1.35.0", "v1.34.0", "v1.33.0"];

#[track_caller]
fn check_all(way: fn(&Fixture) -> Result<(), String>) {
    for release in RELEASES {
        check(release, way);
    }
}

#[test]
fn protobuf_becomes_upstreams_json_by_way_of_the_tree() {
    check_all(protobuf_to_json_by_tree);
}

#[test]
fn protobuf_becomes_upstreams_json_without_a_tree() {
    check_all(protobuf_to_json_by_transcoder);
}

#[test]
fn json_becomes_upstreams_protobuf() {
    check_all(json_to_protobuf);
}

#[test]
fn json_round_trips() {
    check_all(json_to_json);
}

#[test]
fn protobuf_round_trips() {
    check_all(protobuf_to_protobuf);
}

#[test]
fn yaml_holds_what_json_holds() {
    check_all(yaml_to_tree);
}

#[test]
fn trees_become_upstreams_yaml() {
    check_all(tree_to_yaml);
}

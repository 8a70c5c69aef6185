//! `cargo xtask fuzz`: every fuzz target for a while, from upstream's fixtures on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "fuzz",
    about: "run the fuzz targets: [--minutes N] [--jobs N] [TARGET...]",
    run,
};

/// The targets, one file each in `fuzz/targets`, and the endings of the fixtures that they start from.
const TARGETS: &[(&str, &[&str])] = &[
    ("json", &["json"]),
    ("yaml", &["yaml"]),
    ("protobuf", &["pb"]),
    ("url", &[]),
    ("text", &[]),
    ("patch", &[]),
    ("object", &["json"]),
];

/// Inputs for the targets that no fixture fits.
const SEEDS: &[(&str, &str)] = &[
    (
        "url",
        "GET /api/v1/namespaces/a/pods/b/log?container=c&follow=true\napplication/json;as=Table;v=v1;g=meta.k8s.io",
    ),
    (
        "url",
        "GET /apis/apps/v1/watch/deployments?labelSelector=a%3Db&fieldSelector=metadata.name%3Dx&limit=5&continue=e30",
    ),
    (
        "url",
        "DELETE /api/v1/namespaces/a?gracePeriodSeconds=0&propagationPolicy=Orphan&dryRun=All\napplication/yaml",
    ),
    (
        "url",
        "PATCH /apis/apps/v1/namespaces/a/deployments/b/scale?fieldManager=m&force=true&fieldValidation=Strict",
    ),
    ("text", "a in (b, c),d notin (e),!f,g>1,h!=i"),
    ("text", "metadata.name=a\\,b,spec.nodeName!=c"),
    ("text", "1.5e3"),
    ("text", "-12.345Mi"),
    ("text", "2006-01-02T15:04:05.999999999+07:00"),
    ("text", "1h15m30.918273645s"),
    ("text", "2001:db8::1/64"),
    (
        "patch",
        "{\"a\":{\"b\":[1,2]}}\n[{\"op\":\"move\",\"from\":\"/a/b/0\",\"path\":\"/a/b/-\"},{\"op\":\"test\",\"path\":\"/a~1b\",\"value\":1}]",
    ),
    (
        "patch",
        "{\"metadata\":{\"managedFields\":[{\"manager\":\"m\",\"operation\":\"Apply\",\"apiVersion\":\"v1\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{\"f:a\":{\"k:{\\\"b\\\":1}\":{\".\":{},\"v:1\":{}}}}}]}}\n{\"a\":null}",
    ),
];

fn run(arguments: &[String]) -> Result<(), String> {
    let (mut minutes, mut jobs, mut wanted) = (60_u64, processors(), Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut number = || rest.next().and_then(|text| text.parse().ok());
        match argument.as_str() {
            "--minutes" => minutes = number().ok_or("--minutes takes a number")?,
            "--jobs" => jobs = number().ok_or("--jobs takes a number")? as usize,
            name if TARGETS.iter().any(|(target, _)| *target == name) => wanted.push(name),
            other => return Err(format!("no target and no option: {other}")),
        }
    }
    let root = crate::root();
    let folder = root.join("fuzz");
    build(&root)?;
    let chosen = TARGETS.iter().filter(|(name, _)| wanted.is_empty() || wanted.contains(name));
    let chosen: Vec<_> = chosen.collect();
    for (name, endings) in &chosen {
        seed(&folder.join("corpus").join(name), name, endings)?;
    }
    let mut failed = Vec::new();
    for group in chosen.chunks(jobs.max(1)) {
        let mut running = Vec::new();
        for (name, _) in group {
            eprintln!("fuzz: {name} for {minutes} min");
            running.push((*name, start(&folder, name, minutes * 60)?));
        }
        for (name, mut child) in running {
            let status = child.wait().map_err(|error| error.to_string())?;
            if !status.success() {
                failed.push(name);
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("found something: {}", failed.join(", "))) }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

/// Builds the targets. Nothing of ours is unsafe, so no sanitizer slows them down.
fn build(root: &Path) -> Result<(), String> {
    let status = Command::new("cargo")
        .args(["+nightly", "fuzz", "build", "--sanitizer", "none"])
        .current_dir(root)
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err("needs a nightly toolchain, a C++ compiler and `cargo install cargo-fuzz`".into()),
    }
}

/// Starts one target; what it says goes to a log beside its corpus.
fn start(folder: &Path, name: &str, seconds: u64) -> Result<Child, String> {
    let problem = |error: std::io::Error| format!("{name}: {error}");
    let log =
        fs::File::create(folder.join("corpus").join(format!("{name}.log"))).map_err(problem)?;
    let artifacts = folder.join("artifacts").join(name);
    fs::create_dir_all(&artifacts).map_err(problem)?;
    Command::new(binary(folder, name)?)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args(["-timeout=60", "-rss_limit_mb=2048", "-max_len=16384", "-print_final_stats=1"])
        .arg(folder.join("corpus").join(name))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .map_err(problem)
}

/// Where cargo-fuzz leaves a target: below the folder of the host's triple.
fn binary(folder: &Path, name: &str) -> Result<PathBuf, String> {
    let built =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| folder.join("target"), PathBuf::from);
    let entries = fs::read_dir(&built).map_err(|error| format!("{}: {error}", built.display()))?;
    let found = entries.flatten().map(|entry| entry.path().join("release").join(name));
    found.into_iter().find(|path| path.is_file()).ok_or_else(|| format!("{name} was not built"))
}

/// Lays the first inputs in a target's corpus.
fn seed(corpus: &Path, name: &str, endings: &[&str]) -> Result<(), String> {
    let problem = |error: std::io::Error| format!("{}: {error}", corpus.display());
    fs::create_dir_all(corpus).map_err(problem)?;
    for (number, (_, text)) in SEEDS.iter().enumerate().filter(|(_, (target, _))| *target == name) {
        fs::write(corpus.join(format!("seed-{number}")), text).map_err(problem)?;
    }
    let Some(fixtures) = fixtures() else { return Ok(()) };
    for entry in fs::read_dir(fixtures).map_err(problem)?.flatten() {
        let path = entry.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if endings.contains(&ending) {
            fs::copy(&path, corpus.join(entry.file_name())).map_err(problem)?;
        }
    }
    Ok(())
}

/// Upstream's fixtures in the Go module cache, where Go has fetched them.
fn fixtures() -> Option<PathBuf> {
    let cache = Command::new("go").args(["env", "GOMODCACHE"]).output().ok()?;
    let cache = PathBuf::from(String::from_utf8(cache.stdout).ok()?.trim());
    let release = pintle_conformance::stock::RELEASE.replacen("v1.", "v0.", 1);
    let folder = cache.join(format!("k8s.io/api@{release}/testdata/HEAD"));
    folder.is_dir().then_some(folder)
}

//! `cargo xtask codegen`: writes the catalog's data from the published Go modules.

mod go;
mod kinds;
mod model;
mod modules;
mod proto;
mod resolve;
mod served;
mod write;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use self::model::{Facts, Id};
use self::modules::Sources;
use self::resolve::Universe;
use self::write::Files;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "codegen",
    about: "write api/src/generated from the Go modules (--check: only compare)",
    run,
};

/// Packages outside `k8s.io/api` whose types the API uses or serves.
const PACKAGES: &[&str] = &[
    "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1",
    "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1",
    "k8s.io/apimachinery/pkg/api/resource",
    "k8s.io/apimachinery/pkg/apis/meta/v1",
    "k8s.io/apimachinery/pkg/apis/meta/v1beta1",
    "k8s.io/apimachinery/pkg/runtime",
    "k8s.io/apimachinery/pkg/types",
    "k8s.io/apimachinery/pkg/util/intstr",
    "k8s.io/apimachinery/pkg/version",
    "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1",
    "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1",
];

/// How many differing lines `--check` shows per file.
const SHOWN: usize = 5;

fn run(arguments: &[String]) -> Result<(), String> {
    let check = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => return Err("usage: cargo xtask codegen [--check]".to_owned()),
    };
    let sources = match Sources::find() {
        Ok(sources) => sources,
        Err(reason) if check => {
            eprintln!("codegen check skipped: {reason}");
            return Ok(());
        }
        Err(_) => {
            Sources::download()?;
            Sources::find()?
        }
    };
    let files = write::files(&facts(&sources)?)?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src/generated");
    if check { compare(&folder, &files) } else { save(&folder, &files) }
}

/// Reads everything.
fn facts(sources: &Sources) -> Result<Facts, String> {
    let mut paths: Vec<String> = PACKAGES.iter().map(|path| (*path).to_owned()).collect();
    let api = sources.folder("k8s.io/api");
    for group in folders(api)? {
        for version in folders(&api.join(&group))? {
            if api.join(&group).join(&version).join("types.go").is_file() {
                paths.push(format!("k8s.io/api/{group}/{version}"));
            }
        }
    }
    let mut packages = Vec::new();
    for path in paths {
        let folder = sources.package(&path)?;
        let file = folder.join("generated.proto");
        let messages =
            if file.is_file() { proto::read(&read_text(&file)?) } else { proto::Messages::new() };
        packages.push((go::read(&path, &folder)?, messages));
    }
    let universe = Universe::new(packages);
    let mut facts = Facts { kinds: kinds::read(&universe)?, ..Facts::default() };
    let mut roots: BTreeSet<Id> = facts.kinds.values().cloned().collect();
    roots.extend(universe.models());
    facts.messages = universe.messages(roots)?;
    served::read(sources, &universe, &mut facts)?;
    Ok(facts)
}

/// Names of the folders in a folder, sorted.
fn folders(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let folders = entries.flatten().filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> =
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

fn read_text(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Files that are there but are not written any more.
fn leftovers(folder: &Path, files: &Files) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter(|entry| !files.contains_key(&*entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
}

fn save(folder: &Path, files: &Files) -> Result<(), String> {
    let failed = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for path in leftovers(folder, files) {
        fs::remove_file(&path).map_err(|error| failed(&path, error))?;
    }
    for (name, text) in files {
        let path = folder.join(name);
        // Unchanged files keep their time, so that nothing is rebuilt.
        if fs::read_to_string(&path).ok().as_ref() != Some(text) {
            fs::write(&path, text).map_err(|error| failed(&path, error))?;
            eprintln!("wrote api/src/generated/{name}");
        }
    }
    Ok(())
}

fn compare(folder: &Path, files: &Files) -> Result<(), String> {
    let mut report = Vec::new();
    for path in leftovers(folder, files) {
        report.push(format!("{}: not generated any more", path.display()));
    }
    for (name, expected) in files {
        match fs::read_to_string(folder.join(name)) {
            Ok(actual) if actual == *expected => {}
            Ok(actual) => report.push(format!("{name}:\n{}", difference(&actual, expected))),
            Err(error) => report.push(format!("{name}: {error}")),
        }
    }
    if report.is_empty() {
        eprintln!("api/src/generated is up to date");
        return Ok(());
    }
    report.push("run `cargo xtask codegen`".to_owned());
    Err(format!("api/src/generated differs\n{}", report.join("\n")))
}

/// The first lines that only one of two texts has.
fn difference(actual: &str, expected: &str) -> String {
    let lines = |text: &str, other: &str, sign: char| {
        let other: BTreeSet<&str> = other.lines().collect();
        let only: Vec<&str> = text.lines().filter(|line| !other.contains(line)).collect();
        let mut shown: Vec<String> =
            only.iter().take(SHOWN).map(|line| format!("  {sign} {}", line.trim())).collect();
        if only.len() > SHOWN {
            shown.push(format!("  {sign} … and {} more lines", only.len() - SHOWN));
        }
        shown
    };
    let mut shown = lines(actual, expected, '-');
    shown.extend(lines(expected, actual, '+'));
    if shown.is_empty() {
        shown.push("  the same lines in another order".to_owned());
    }
    shown.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_shown_by_line_and_cut_short() {
        assert_eq!(difference("a\nb\n", "a\nc\n"), "  - b\n  + c");
        assert_eq!(difference("a\nb\n", "b\na\n"), "  the same lines in another order");
        assert!(difference("", "1\n2\n3\n4\n5\n6\n7\n").ends_with("+ … and 2 more lines"));
    }
}

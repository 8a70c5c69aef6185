//! Runs the case files in `apiserver/cases` against the generic server over an embedded store.

mod case;

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut trials = Vec::new();
    for file in files(&root) {
        let group = file.strip_prefix(&root).unwrap_or(&file).with_extension("");
        for case in case::read(&file) {
            let name = format!("{}: {}", group.display(), case.name);
            trials.push(Trial::test(name, move || case::run(&case).map_err(Into::into)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).expect("the cases are readable");
    for entry in entries {
        let path = entry.expect("the cases are readable").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

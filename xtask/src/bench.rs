//! `cargo xtask bench quick|apiserver`: stock beside Pintle under the same loads, in one run.

use std::process::Command;

pub(crate) const COMMAND: crate::Command = crate::Command {
    name: "bench",
    about: "measure stock beside Pintle: quick or apiserver [--rounds N]",
    run,
};

fn run(arguments: &[String]) -> Result<(), String> {
    let root = crate::root();
    if crate::stock_or_skip(&root).is_none() {
        return Ok(());
    }
    let (name, rest) = arguments
        .split_first()
        .ok_or("name a comparison: quick or apiserver [--rounds N], or page")?;
    let built = Command::new("cargo")
        .args(["build", "--release", "--package", "pintle", "--package", "pintle-bench"])
        .current_dir(&root)
        .status();
    if !built.map_err(|error| error.to_string())?.success() {
        return Err("the release build failed".into());
    }
    let release = crate::target(&root).join("release");
    let measured = Command::new(release.join("pintle-bench"))
        .args([name.as_str(), "--root"])
        .arg(&root)
        .arg("--pintle")
        .arg(release.join("pintle"))
        .args(rest)
        .status();
    match measured {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("pintle-bench ended with {status}")),
        Err(error) => Err(error.to_string()),
    }
}

//! What `--version` and `/version` say.

use serde_json::{Value, json};

/// The Kubernetes release whose behavior this is.
pub const RELEASE: &str = "v1.37.1";

/// Commit of this build, from the environment of the compiler.
pub const COMMIT: &str = match option_env!("PINTLE_COMMIT") {
    Some(commit) => commit,
    None => "",
};

/// `version.Info` in canonical form.
pub fn info() -> Value {
    json!({
        "major": "1",
        "minor": "37",
        "emulationMajor": "1",
        "emulationMinor": "37",
        "minCompatibilityMajor": "1",
        "minCompatibilityMinor": "36",
        "gitVersion": RELEASE,
        "gitCommit": if COMMIT.is_empty() { concat!("pintle-", env!("CARGO_PKG_VERSION")) } else { COMMIT },
        "gitTreeState": "clean",
        "buildDate": option_env!("PINTLE_BUILD_DATE").unwrap_or("1970-01-01T00:00:00Z"),
        "goVersion": "go1.26",
        "compiler": "rustc",
        "platform": platform(),
    })
}

/// Operating system and processor in Go's words, such as `linux/amd64`.
pub fn platform() -> String {
    let processor = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "powerpc64" => "ppc64le",
        other => other,
    };
    format!("{}/{processor}", std::env::consts::OS)
}

/// User agent of a part (`client-go/rest.DefaultKubernetesUserAgent`).
pub fn user_agent(component: &str) -> String {
    let commit: String =
        if COMMIT.is_empty() { "unknown".into() } else { COMMIT.chars().take(7).collect() };
    format!("{component}/{RELEASE} ({}) kubernetes/{commit}", platform())
}

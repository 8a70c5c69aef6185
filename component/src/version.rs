//! What `--version` and `/version` say.

/// The Kubernetes release whose behavior this is.
pub const RELEASE: &str = "v1.37.1";

/// Go version of the release, for clients that expect one.
pub const GO_VERSION: &str = "go1.26";

/// When this was built, RFC 3339; from the environment of the compiler.
pub const BUILD_DATE: &str = match option_env!("PINTLE_BUILD_DATE") {
    Some(date) => date,
    None => "1970-01-01T00:00:00Z",
};

/// Commit of this build, from the environment of the compiler; else the version of the crate.
pub fn commit() -> String {
    let given = option_env!("PINTLE_COMMIT");
    given.map_or_else(|| concat!("pintle-", env!("CARGO_PKG_VERSION")).to_owned(), str::to_owned)
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
        option_env!("PINTLE_COMMIT").unwrap_or("unknown").chars().take(7).collect();
    format!("{component}/{RELEASE} ({}) kubernetes/{commit}", platform())
}

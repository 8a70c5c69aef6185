//! The machine that a part runs on.

/// The host's name in lower case, `localhost` if it has none (`nodeutil.GetHostname`).
pub fn name() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let name = name.trim().to_lowercase();
    if name.is_empty() { "localhost".to_owned() } else { name }
}

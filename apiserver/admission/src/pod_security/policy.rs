//! Which standard a namespace's labels ask for (`pod-security-admission/api`).

use std::fmt;

use pintle_machinery::Value;
use pintle_machinery::field::Errors;
use pintle_machinery::path::ValueExt as _;

/// The newest version of the standard, `v1.37`; later ones mean this one.
pub(super) const NEWEST: u32 = 37;

/// How strict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Anything goes.
    Privileged,
    /// No known escalations.
    Baseline,
    /// Hardened.
    Restricted,
}

/// A version of the standards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// The newest.
    Latest,
    /// `v1.N`.
    Minor(u32),
}

impl Version {
    /// The minor version whose checks apply.
    pub(super) fn minor(self) -> u32 {
        match self {
            Self::Latest => NEWEST,
            Self::Minor(minor) => minor.min(NEWEST),
        }
    }
}

/// A standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standard {
    /// Level.
    pub(super) level: Level,
    /// Version.
    pub(super) version: Version,
}

/// What is refused, recorded and warned of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Policy {
    /// What pods are refused by.
    pub(super) enforce: Standard,
    /// What is written to the audit log.
    pub(super) audit: Standard,
    /// What clients are warned of.
    pub(super) warn: Standard,
}

impl fmt::Display for Standard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.level {
            Level::Privileged => "privileged:",
            Level::Baseline => "baseline:",
            Level::Restricted => "restricted:",
        })?;
        match self.version {
            Version::Latest => f.write_str("latest"),
            Version::Minor(minor) => write!(f, "v1.{minor}"),
        }
    }
}

impl Standard {
    const DEFAULT: Self = Self { level: Level::Privileged, version: Version::Latest };

    /// Takes what the labels of one mode say; whether there is a valid level.
    fn read(&mut self, labels: &Value, mode: &str, failed: Level, errors: &mut Errors) -> bool {
        let mut valid = false;
        let label = format!("pod-security.kubernetes.io/{mode}");
        if let Some(text) = labels.str_at(&[&label]) {
            let level = parse_level(text);
            valid = level.is_some();
            self.level = level.unwrap_or_else(|| {
                let detail = "must be one of privileged, baseline, restricted";
                errors.invalid(format!("metadata.labels[{label}]"), text, detail);
                failed
            });
        }
        let label = format!("pod-security.kubernetes.io/{mode}-version");
        if let Some(text) = labels.str_at(&[&label]) {
            self.version = parse_version(text).unwrap_or_else(|| {
                let detail = "must be \"latest\" or \"v1.x\"";
                errors.invalid(format!("metadata.labels[{label}]"), text, detail);
                Version::Latest
            });
        }
        valid
    }
}

impl Policy {
    /// What holds without labels.
    pub(super) const DEFAULT: Self =
        Self { enforce: Standard::DEFAULT, audit: Standard::DEFAULT, warn: Standard::DEFAULT };

    /// The policy of a namespace (`PolicyToEvaluate`).
    pub(super) fn of(namespace: &Value, errors: &mut Errors) -> Self {
        let mut policy = Self::DEFAULT;
        let Some(labels) = namespace.at(&["metadata", "labels"]) else { return policy };
        let enforced = policy.enforce.read(labels, "enforce", Level::Restricted, errors);
        policy.audit.read(labels, "audit", Level::Privileged, errors);
        policy.warn.read(labels, "warn", Level::Privileged, errors);
        let has = |name: &str| labels.at(&[name]).is_some();
        // Who enforces more than they warn of is warned of what they enforce.
        if !has("pod-security.kubernetes.io/warn")
            && enforced
            && policy.enforce.level > policy.warn.level
        {
            policy.warn.level = policy.enforce.level;
            if !has("pod-security.kubernetes.io/warn-version") {
                policy.warn.version = policy.enforce.version;
            }
        }
        policy
    }
}

fn parse_level(text: &str) -> Option<Level> {
    match text {
        "privileged" => Some(Level::Privileged),
        "baseline" => Some(Level::Baseline),
        "restricted" => Some(Level::Restricted),
        _ => None,
    }
}

/// `ParseVersion`.
fn parse_version(text: &str) -> Option<Version> {
    if text == "latest" {
        return Some(Version::Latest);
    }
    let minor = text.strip_prefix("v1.")?;
    let plain = minor.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = minor == "0" || !minor.starts_with('0');
    (plain && canonical).then(|| minor.parse().ok()).flatten().map(Version::Minor)
}

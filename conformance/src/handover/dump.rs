//! What etcd holds, as the stock etcdctl prints it.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value;

use super::client::failed;
use crate::Error;
use crate::process::run;
use crate::stock::Stock;

/// A value with what etcd knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) value: Vec<u8>,
    pub(super) revision: i64,
}

/// Everything below `/`, by key.
pub(super) type Dump = BTreeMap<String, Stored>;

/// Reads everything.
pub(super) fn dump(stock: &Stock, endpoint: &str) -> Result<Dump, Error> {
    let text = run(&stock.program("etcdctl"), |command| {
        command.args(["--endpoints", endpoint, "get", "/", "--prefix", "-w", "json"]);
    })?;
    let answer: Value = serde_json::from_str(&text).map_err(failed)?;
    let bytes = |value: &Value| BASE64.decode(value.as_str().unwrap_or_default()).map_err(failed);
    let mut found = Dump::new();
    for kv in answer["kvs"].as_array().into_iter().flatten() {
        let key = String::from_utf8(bytes(&kv["key"])?).map_err(failed)?;
        let revision = kv["mod_revision"].as_i64().unwrap_or(0);
        found.insert(key, Stored { value: bytes(&kv["value"])?, revision });
    }
    Ok(found)
}

/// How a key differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It was not there before.
    Added,
    /// It is there no more.
    Removed,
    /// Its bytes are others.
    Changed,
    /// It was written again with the same bytes.
    Rewritten,
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Rewritten => "written again",
        })
    }
}

/// Keys that differ, but for those that a server writes for itself.
pub(super) fn differences(before: &Dump, after: &Dump) -> Vec<(String, How)> {
    let keys = before.keys().chain(after.keys().filter(|key| !before.contains_key(*key)));
    let how = |key: &String| match (before.get(key), after.get(key)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) if old.value == new.value => Some(How::Rewritten),
        (Some(_), Some(_)) => Some(How::Changed),
        (None, _) => Some(How::Added),
        (_, None) => Some(How::Removed),
    };
    let mut found: Vec<(String, How)> = keys
        .filter(|key| !is_servers_own(key))
        .filter_map(|key| how(key).map(|how| (key.clone(), how)))
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

/// A server says here that it is there.
fn is_servers_own(key: &str) -> bool {
    const KEYS: &[&str] = &[
        "/registry/leases/kube-system/apiserver-",
        "/registry/masterleases/",
        "/registry/peerserverleases/",
        "/registry/services/endpoints/default/kubernetes",
        "/registry/endpointslices/default/kubernetes",
    ];
    KEYS.iter().any(|start| key.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str, i64)]) -> Dump {
        let stored = |(key, value, revision): &(&str, &str, i64)| {
            ((*key).to_owned(), Stored { value: value.as_bytes().to_vec(), revision: *revision })
        };
        pairs.iter().map(stored).collect()
    }

    #[test]
    fn differences_say_what_was_done_to_a_key() {
        let before = of(&[("/a", "1", 2), ("/b", "1", 3), ("/c", "1", 4), ("/d", "1", 5)]);
        let after = of(&[("/a", "1", 2), ("/b", "2", 6), ("/c", "1", 7), ("/e", "1", 8)]);
        let expected = [
            ("/b".to_owned(), How::Changed),
            ("/c".to_owned(), How::Rewritten),
            ("/d".to_owned(), How::Removed),
            ("/e".to_owned(), How::Added),
        ];
        assert_eq!(differences(&before, &after), expected);
    }

    #[test]
    fn what_servers_write_for_themselves_is_no_difference() {
        let after = of(&[("/registry/masterleases/192.0.2.1", "1", 2)]);
        assert_eq!(differences(&Dump::new(), &after), []);
    }
}

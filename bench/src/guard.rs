//! Both answer with the same bytes, or the comparison is worth nothing.

use bytes::Bytes;
use http_body_util::Full;
use regex::bytes::Regex;

use crate::Failure;
use crate::objects::pod_name;
use crate::read::{JSON, PROTOBUF};
use crate::subject::Subject;

/// The pod that is compared. Its resourceVersion has four digits in both planes, so that no length
/// prefix of its protobuf form depends on how many writes came before.
const COMPARED: usize = 3000;

/// What differs between any two planes: who, when and after how many writes.
const MASKED: &[(&str, &str)] = &[
    (r#""uid":"[0-9a-f-]{36}""#, r#""uid":"UID""#),
    (r#""resourceVersion":"[0-9]+""#, r#""resourceVersion":"RV""#),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z", "TIME"),
    (RANDOM_NAME, "kube-api-access-RANDOM"),
];

/// The volume that ServiceAccount admission adds: its name ends at random.
const RANDOM_NAME: &str = "kube-api-access-[a-z0-9]{5}";

/// The answers of one plane that are compared with those of another.
pub(crate) struct Answers(Vec<(&'static str, Vec<u8>)>);

/// Asks a populated plane for what is compared.
pub(crate) fn answers(subject: &Subject) -> Result<Answers, Failure> {
    let pod = format!("/api/v1/namespaces/default/pods/{}", pod_name(COMPARED));
    let list = format!("/api/v1/pods?fieldSelector=metadata.name%3D{}", pod_name(COMPARED));
    let get = ask(subject, &pod, JSON)?;
    let mut compared = vec![
        ("GET of a pod, JSON", mask_json(&get)?),
        ("LIST of pods, JSON", mask_json(&ask(subject, &list, JSON)?)?),
    ];
    let stamps = Stamps::of(&get)?;
    let protobuf = stamps.mask(&ask(subject, &pod, PROTOBUF)?);
    let protobuf = Regex::new(RANDOM_NAME)?.replace_all(&protobuf, &b"kube-api-access-?????"[..]);
    compared.push(("GET of a pod, protobuf", protobuf.into_owned()));
    Ok(Answers(compared))
}

impl Answers {
    /// Says what differs.
    pub(crate) fn compare(&self, other: &Self) -> Vec<String> {
        let pairs = self.0.iter().zip(&other.0).filter(|(one, other)| one.1 != other.1);
        pairs.map(|((what, one), (_, other))| difference(what, one, other)).collect()
    }
}

fn difference(what: &str, one: &[u8], other: &[u8]) -> String {
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let around = |bytes: &[u8]| {
        let (start, end) = (same.saturating_sub(60), (same + 120).min(bytes.len()));
        bytes[start..end].escape_ascii().to_string()
    };
    format!("{what} differs at byte {same}:\n  {}\n  {}", around(one), around(other))
}

fn ask(subject: &Subject, path: &str, accept: &str) -> Result<Bytes, Failure> {
    let (code, body) = subject.fetch(&|target| {
        Ok(target.request("GET", path).header("accept", accept).body(Full::default())?)
    })?;
    if code == 200 {
        return Ok(body);
    }
    Err(format!("{path}: {code}: {}", String::from_utf8_lossy(&body)).into())
}

fn mask_json(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut masked = bytes.to_vec();
    for (pattern, replacement) in MASKED {
        let pattern = Regex::new(pattern)?;
        masked = pattern.replace_all(&masked, replacement.as_bytes()).into_owned();
    }
    Ok(masked)
}

/// What an object's JSON form says of who and when, to be found again in its protobuf form.
struct Stamps {
    uid: String,
    version: String,
    /// Unix seconds of its creation.
    created: i64,
}

impl Stamps {
    fn of(object: &[u8]) -> Result<Self, Failure> {
        let object: serde_json::Value = serde_json::from_slice(object)?;
        let metadata = &object["metadata"];
        let text = |field: &str| metadata[field].as_str().unwrap_or_default().to_owned();
        let created = text("creationTimestamp").parse::<jiff::Timestamp>()?;
        Ok(Self {
            uid: text("uid"),
            version: text("resourceVersion"),
            created: created.as_second(),
        })
    }

    fn mask(&self, bytes: &[u8]) -> Vec<u8> {
        let mut masked = bytes.to_vec();
        blank(&mut masked, self.uid.as_bytes());
        blank(&mut masked, self.version.as_bytes());
        // The times of one request may fall on both sides of a second's end.
        for seconds in self.created - 1..=self.created + 1 {
            blank(&mut masked, &varint(seconds.unsigned_abs()));
        }
        masked
    }
}

/// Overwrites each occurrence; lengths stay.
fn blank(bytes: &mut [u8], part: &[u8]) {
    if part.is_empty() {
        return;
    }
    let mut from = 0;
    while let Some(at) = bytes[from..].windows(part.len()).position(|window| window == part) {
        bytes[from + at..from + at + part.len()].fill(b'?');
        from += at + part.len();
    }
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_and_when_are_masked_and_nothing_else() {
        let given = br#"{"uid":"0d9f1f2e-7a55-4a6f-9c55-1d9f4d3f0a11","resourceVersion":"12","at":"2026-01-02T03:04:05Z","name":"x"}"#;
        let masked = mask_json(given).unwrap();
        assert_eq!(
            String::from_utf8(masked).unwrap(),
            r#"{"uid":"UID","resourceVersion":"RV","at":"TIME","name":"x"}"#
        );
    }

    #[test]
    fn a_difference_is_shown_with_what_is_around_it() {
        let one = Answers(vec![("GET", b"same then a".to_vec())]);
        let other = Answers(vec![("GET", b"same then b".to_vec())]);
        assert!(one.compare(&one).is_empty());
        assert!(one.compare(&other)[0].starts_with("GET differs at byte 10"));
    }

    #[test]
    fn times_are_blanked_as_varints() {
        let stamps = Stamps { uid: String::new(), version: "345".into(), created: 300 };
        assert_eq!(stamps.mask(b"\x08\xac\x02 345 \x08\xab\x02"), b"\x08?? ??? \x08??");
    }
}

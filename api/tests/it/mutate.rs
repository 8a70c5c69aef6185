//! Fixtures with random damage: the decoders may refuse them, and must not panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pintle_api::Kind;
use pintle_api::codec::protobuf::Envelope;
use pintle_api::codec::transcode::{Header, protobuf_to_json};
use pintle_api::codec::{json, meta, metadata, protobuf, splice, yaml};

use super::fixtures::{Fixture, fixtures, testdata};
use super::random::Random;

/// Damaged inputs per test, unless the environment wants more.
const ITERATIONS: u64 = 100_000;
/// The environment variable that says how many.
const VARIABLE: &str = "PINTLE_MUTATIONS";

/// Words that mean something to one of the decoders.
const WORDS: [&[u8]; 24] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b"\\ud800",
    b"null",
    b"1e999",
    b"-0",
    b"---\n",
    b"&a ",
    b"*a",
    b"<<: ",
    b"!!binary ",
    b"? ",
    b"- ",
    b"|+9\n",
    b"\t",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    b"\x0b",
    b"\x0c",
    b"k8s\0",
    b"\xef\xbb\xbf",
];

/// Damages a text in up to four places.
fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() as u64 + 1) as usize;
        let length = (random.below(16) as usize).min(bytes.len() - at);
        match random.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..at + length)),
            2 => drop(bytes.splice(at..at, random.pick(&WORDS).iter().copied())),
            3 => {
                let piece = bytes[at..at + length].to_vec();
                let to = random.below(bytes.len() as u64 + 1) as usize;
                drop(bytes.splice(to..to, piece));
            }
            4 if at < bytes.len() => bytes[at] = random.next() as u8,
            _ if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            _ => {}
        }
    }
}

fn iterations() -> u64 {
    std::env::var(VARIABLE).ok().and_then(|text| text.parse().ok()).unwrap_or(ITERATIONS)
}

/// Decodes damaged fixtures; a refusal (`.ok()`) is as good as a result.
#[track_caller]
fn survives(extension: &str, decode: fn(&'static Kind, &[u8])) {
    let Some(folder) = testdata() else { return };
    let fixtures = fixtures(&folder.join("HEAD"));
    let mut small: Vec<(Vec<u8>, &Fixture)> =
        fixtures.iter().map(|fixture| (fixture.read(extension), fixture)).collect();
    // The smaller half: what is damaged is a larger part of it, and more of it fits into the time.
    small.sort_by_key(|(bytes, _)| bytes.len());
    small.truncate(fixtures.len() / 2);
    let mut random = Random(1);
    for round in 0..iterations() {
        let (bytes, fixture) = &small[random.below(small.len() as u64) as usize];
        let mut bytes = bytes.clone();
        damage(&mut random, &mut bytes);
        let outcome = catch_unwind(AssertUnwindSafe(|| decode(fixture.kind, &bytes)));
        assert!(outcome.is_ok(), "round {round}: {}", bytes.escape_ascii());
    }
}

#[test]
fn damaged_json_does_no_harm() {
    survives("json", |kind, bytes| {
        json::interpret(bytes).ok();
        if let Ok((tree, _)) = json::decode(kind.message, bytes, true) {
            protobuf::encode(kind.message, &tree);
        }
        if let Ok((tree, _)) = json::parse_any_strict(bytes, true) {
            yaml::write(&tree);
            json::retype(kind.message, &tree, true).ok();
        }
    });
}

#[test]
fn damaged_yaml_does_no_harm() {
    survives("yaml", |kind, bytes| {
        if let Ok((text, _)) = yaml::to_json(bytes) {
            json::decode(kind.message, &text, true).ok();
        }
    });
}

#[test]
fn damaged_protobuf_does_no_harm() {
    survives("pb", |kind, bytes| {
        // Damage to the magic prefix alone is no news.
        let mut whole = bytes.to_vec();
        whole.iter_mut().zip(b"k8s\0").for_each(|(byte, magic)| *byte = *magic);
        let Ok(envelope) = Envelope::read(&whole) else { return };
        let raw = envelope.raw;
        if let Ok(tree) = protobuf::decode(kind.message, raw) {
            let mut text = Vec::new();
            json::encode(kind.message, &tree, &mut text);
            protobuf::encode(kind.message, &tree);
        }
        let header = Header { api_version: "v1", kind: kind.kind, resource_version: "1" };
        protobuf_to_json(kind.message, raw, header, &mut Vec::new()).ok();
        meta::MetaView::read(raw).map(|meta| meta.labels().count()).ok();
        metadata::to_protobuf(raw, "1").ok();
        splice::with_resource_version(raw, "1").ok();
    });
}

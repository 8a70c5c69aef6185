//! YAML's syntax: each text reads, or does not, as `sigs.k8s.io/yaml` was recorded to read it.

use pintle_api::codec::yaml;

/// A line each: the text, what `YAMLToJSON` answers, and what `YAMLToJSONStrict` does if that is
/// something else.
const RECORDED: &str = include_str!("yaml.tsv");

/// Undoes the recording's escapes: a backslash and two digits.
fn unescape(field: &str) -> Vec<u8> {
    let mut parts = field.split('\\');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    bytes
}

/// Our two answers, in the recording's form.
fn answers(text: &[u8]) -> [String; 2] {
    match yaml::to_json(text) {
        Err(error) => [format!("E {error}"), format!("E {error}")],
        Ok((json, strict_error)) => {
            let json = format!("J {}", String::from_utf8_lossy(&json));
            let strict = strict_error.map_or_else(|| json.clone(), |error| format!("E {error}"));
            [json, strict]
        }
    }
}

#[test]
fn every_recorded_text_reads_as_upstream_reads_it() {
    let mut count = 0;
    for line in RECORDED.lines().filter(|line| !line.starts_with("# ")) {
        let mut fields = line.split('\t');
        let text = unescape(fields.next().unwrap());
        let plain = unescape(fields.next().unwrap());
        let strict = fields.next().map_or_else(|| plain.clone(), unescape);
        let wanted = [plain, strict].map(|answer| String::from_utf8(answer).unwrap());
        assert_eq!(answers(&text), wanted, "{}", text.escape_ascii());
        count += 1;
    }
    assert!(count > 300, "only {count} texts were recorded");
}

//! Short names for contents: pod template hashes (`controller.ComputeHash`).

use serde_json::Value;

/// FNV-1a over 32 bits.
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// `rand.SafeEncodeString`: letters that make no words.
fn safe(text: &str) -> String {
    const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    text.bytes().map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()])).collect()
}

/// The hash of a template. Nobody recomputes another's hash: what exists is found by comparing
/// templates, so the digest's input need not be upstream's.
pub(crate) fn of(template: &Value, collisions: Option<i64>) -> String {
    let mut bytes = template.to_string().into_bytes();
    if let Some(collisions) = collisions {
        bytes.extend((collisions as u32).to_le_bytes());
        bytes.extend([0; 4]);
    }
    safe(&fnv1a(bytes.into_iter()).to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_collision_changes_the_hash() {
        let template = json!({"spec": {}});
        assert_ne!(of(&template, None), of(&template, Some(1)));
        assert!(of(&template, None).bytes().all(|c| b"bcdfghjklmnpqrstvwxz2456789".contains(&c)));
    }
}

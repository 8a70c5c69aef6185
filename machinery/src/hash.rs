//! Short hashes in names: FNV-1a and the pod template hash.
//!
//! Upstream hashes Go's dump of the template's struct (`hashutil.DeepHashObject`), which prints
//! Go's own type and field names. The result only has to be stable and is never recomputed from an
//! adopted ReplicaSet: controllers compare templates, not hashes. So the hash here is taken over
//! the canonical JSON text, and differs from the one stock would give the same template.

use crate::Value;
use crate::json;
use crate::name::safe_encode;

/// FNV-1a in 32 bits (Go's `fnv.New32a`).
pub fn fnv32a(bytes: &[u8]) -> u32 {
    fnv32a_from(0x811c_9dc5, bytes)
}

fn fnv32a_from(hash: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// FNV-1 in 32 bits (Go's `fnv.New32`).
pub fn fnv32(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0x811c_9dc5_u32, |hash, byte| hash.wrapping_mul(0x0100_0193) ^ u32::from(*byte))
}

/// FNV-1a in 64 bits (Go's `fnv.New64a`).
pub fn fnv64a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The hash of a canonical pod template and a collision count, in the form of upstream's
/// `controller.ComputeHash`: the decimal digits of FNV-1a, spelled without vowels.
pub fn pod_template_hash(template: &Value, collision_count: Option<i32>) -> String {
    let mut hash = fnv32a(&json::to_vec(template));
    if let Some(count) = collision_count {
        let mut bytes = [0; 8];
        bytes[..4].copy_from_slice(&count.to_le_bytes());
        hash = fnv32a_from(hash, &bytes);
    }
    safe_encode(&hash.to_string())
}

/// A short hash of any text, in the same spelling.
pub fn short_hash(text: &str) -> String {
    safe_encode(&fnv32a(text.as_bytes()).to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fnv_has_its_published_values() {
        assert_eq!(fnv32a(b""), 0x811c_9dc5);
        assert_eq!(fnv32a(b"a"), 0xe40c_292c);
        assert_eq!(fnv32a(b"foobar"), 0xbf9c_f968);
        assert_eq!(fnv32(b"foobar"), 0x31f0_b262);
        assert_eq!(fnv64a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_collision_changes_the_hash() {
        let template = json!({"spec": {"containers": []}});
        let plain = pod_template_hash(&template, None);
        assert_eq!(plain, pod_template_hash(&template.clone(), None));
        assert_ne!(plain, pod_template_hash(&template, Some(0)));
        assert_ne!(pod_template_hash(&template, Some(0)), pod_template_hash(&template, Some(1)));
        assert!(plain.bytes().all(|byte| b"bcdfghjklmnpqrstvwxz2456789".contains(&byte)));
    }
}

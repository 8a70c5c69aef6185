//! What writes are stored as: defaults, generations, and what clients may not set.

use pintle_machinery::Value;
use pintle_machinery::path::ValueExt;

use crate::messages::write_of;

/// Bodies, and what upstream made of them.
const OBJECTS: &str = include_str!("../goldens/objects.json");

#[test]
fn objects_are_stored_as_upstream_stores_them() {
    let cases: Vec<Value> = serde_json::from_str(OBJECTS).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let mut own = write_of(case).unwrap_or_else(|status| Value::from(status.message));
        let generation = own.at(&["metadata", "generation"]).cloned();
        // Some kinds are stored in another version than this golden's.
        own.remove_at(&["apiVersion"]);
        own.set(&["metadata"], serde_json::json!({}));
        if let Some(generation) = generation {
            own.set(&["metadata", "generation"], generation);
        }
        for field in ["username", "groups"] {
            own.remove_at(&["spec", field]);
        }
        if own != case["stored"] {
            let stored = &case["stored"];
            wrong.push(format!("{}\n  own: {own}\n  wanted: {stored}", case["plural"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

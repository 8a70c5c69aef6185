use serde_json::json;

use super::super::compare::compare;
use super::super::schema::{Atom, Scalar};
use super::*;

/// Objects with labels, keyed ports, a set of names and a whole value.
fn schema() -> (Schema, TypeId) {
    let mut schema = Schema::new();
    let any = schema.add(Atom { scalar: Some(Scalar::Untyped), ..Atom::default() });
    let text = schema.add(Atom { scalar: Some(Scalar::String), ..Atom::default() });
    let map = |schema: &mut Schema, fields: &[(&'static str, TypeId)], element, atomic| {
        let field = |(name, ty): &(&'static str, TypeId)| {
            let default = (*name == "protocol").then(|| json!("TCP"));
            ((*name).into(), super::super::schema::Field { ty: *ty, default })
        };
        let map = Map { fields: fields.iter().map(field).collect(), element, atomic };
        schema.add(Atom { map: Some(map), ..Atom::default() })
    };
    let list = |schema: &mut Schema, element, topology| {
        schema.add(Atom { list: Some(List { element, topology }), ..Atom::default() })
    };
    let port = map(&mut schema, &[("port", any), ("protocol", text), ("on", any)], None, false);
    let keys = Topology::Map(vec!["protocol".into(), "port".into()]);
    let ports = list(&mut schema, port, keys);
    let names = list(&mut schema, text, Topology::Set);
    let labels = map(&mut schema, &[], Some(text), false);
    let whole = map(&mut schema, &[("ports", ports)], Some(text), true);
    let spec = [("ports", ports), ("names", names), ("whole", whole), ("text", text)];
    let spec = map(&mut schema, &spec, None, false);
    let metadata = [("name", text), ("labels", labels), ("managedFields", any)];
    let metadata = map(&mut schema, &metadata, None, false);
    let root = [("kind", text), ("metadata", metadata), ("spec", spec), ("status", spec)];
    let root = map(&mut schema, &root, None, false);
    (schema, root)
}

/// The text of what a create owns; what the sets of the general way give is the same.
#[track_caller]
fn check(new: Value, expected: Option<&str>) {
    let (schema, root) = schema();
    let empty = json!({"kind": "X", "metadata": {}, "spec": {"ports": null, "text": ""}});
    let reset = Filter::Exclude(Set::of_fields(&[&["status"]]));
    let never = Set::of_fields(&[&["metadata"], &["metadata", "name"]]);
    let found = fields_of_new(&schema, root, (&empty, &new), Some(&reset), &never);
    assert_eq!(found.as_deref(), expected);
    if let Some(found) = found.filter(|found| !found.is_empty()) {
        let mut set = compare(&schema, root, &empty, &new).expect("well typed").changed();
        set = reset.apply(set);
        set.remove(&never);
        assert_eq!(Set::from_value(&found.into()), Ok(set));
    }
}

#[test]
fn all_that_is_set_is_owned_but_what_never_is() {
    check(json!({"kind": "X", "metadata": {"name": "a"}, "spec": {"ports": null}}), Some(""));
    check(
        json!({"metadata": {"name": "a", "labels": {"b": "c"}, "managedFields": null},
            "spec": {"text": "x", "whole": {"d": "e"}}, "status": {"text": "y"}}),
        Some(
            r#"{"f:metadata":{"f:labels":{".":{},"f:b":{}}},"f:spec":{"f:text":{},"f:whole":{}}}"#,
        ),
    );
    check(json!({"metadata": {"labels": {}}}), Some(r#"{"f:metadata":{"f:labels":{}}}"#));
}

#[test]
fn items_stand_in_the_order_of_their_keys() {
    check(
        json!({"spec": {
            "ports": [{"port": 443}, {"port": 80, "on": true}, {"port": 80, "protocol": "SCTP"}],
            "names": ["b", "a"],
        }}),
        Some(concat!(
            r#"{"f:spec":{"f:names":{".":{},"v:\"a\"":{},"v:\"b\"":{}},"#,
            r#""f:ports":{"k:{\"port\":80,\"protocol\":\"SCTP\"}":{".":{},"f:port":{},"#,
            r#""f:protocol":{}},"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:on":{},"#,
            r#""f:port":{}},"k:{\"port\":443,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}}"#,
        )),
    );
}

#[test]
fn keys_are_written_as_go_does() {
    check(
        json!({"metadata": {"labels": {"a\"<b": "c"}}, "spec": {"names": ["d\\\"<e"],
            "ports": [{"port": 1.5, "protocol": "\u{2028}"}]}}),
        Some(concat!(
            r#"{"f:metadata":{"f:labels":{".":{},"f:a\"\u003cb":{}}},"f:spec":{"f:names":"#,
            r#"{".":{},"v:\"d\\\\\\\"\\u003ce\"":{}},"f:ports":{"k:{\"port\":1.5,"#,
            r#"\"protocol\":\"\\u2028\"}":{".":{},"f:port":{},"f:protocol":{}}}}}"#,
        )),
    );
}

#[test]
fn what_is_unusual_is_left_to_the_sets() {
    check(json!({"spec": {"names": ["a", "a"]}}), None);
    check(json!({"spec": {"names": [null]}}), None);
    check(json!({"spec": {"text": 1}}), None);
    check(json!({"spec": []}), None);
    check(json!({"unknown": 1}), None);
    check(json!({"status": {"unknown": 1}}), None);
    check(json!({"spec": {"whole": {"x": 1}}}), None);
}

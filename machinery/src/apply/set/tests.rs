use super::*;

fn set(text: &str) -> Set {
    Set::from_value(&Value::from(text)).expect("a set")
}

#[track_caller]
fn check(op: fn(&Set, &Set) -> Set, a: &str, b: &str, expected: &str) {
    assert_eq!(op(&set(a), &set(b)).to_json(), expected);
}

#[test]
fn text_goes_through_unchanged() {
    for text in [
        "{}",
        r#"{"f:a":{},"f:b":{".":{},"f:c":{}}}"#,
        r#"{"f:p":{"k:{\"port\":80}":{".":{},"f:port":{}},"k:{\"port\":443}":{}}}"#,
        r#"{"f:s":{"v:1":{},"v:\"a\"":{}}}"#,
    ] {
        assert_eq!(set(text).to_json(), text);
    }
}

#[test]
fn disorder_is_sorted_and_unknown_kinds_are_left_out() {
    assert_eq!(set(r#"{"z:q":{},"f:b":{},"f:a":{}}"#).to_json(), r#"{"f:a":{},"f:b":{}}"#);
}

#[test]
fn malformed_text_is_an_error() {
    for text in ["", "[]", r#"{"a":{}}"#, r#"{"f:a":1}"#, "{} {}"] {
        assert!(Set::from_value(&Value::from(text)).is_err(), "{text}");
    }
}

#[test]
fn trees_equal_text() {
    let text = r#"{"f:a":{".":{},"f:b":{}}}"#;
    let tree: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(set(text).to_value(), tree);
    assert_eq!(Set::from_value(&tree).expect("a set"), set(text));
}

#[test]
fn unions_hold_the_members_of_either() {
    check(
        Set::union,
        r#"{"f:a":{},"f:c":{"f:d":{}}}"#,
        r#"{"f:b":{},"f:c":{".":{},"f:e":{}}}"#,
        r#"{"f:a":{},"f:b":{},"f:c":{".":{},"f:d":{},"f:e":{}}}"#,
    );
}

#[test]
fn intersections_hold_the_members_of_both() {
    check(
        Set::intersection,
        r#"{"f:a":{},"f:c":{".":{},"f:d":{},"f:e":{}}}"#,
        r#"{"f:b":{},"f:c":{"f:e":{}}}"#,
        r#"{"f:c":{"f:e":{}}}"#,
    );
}

#[test]
fn a_difference_keeps_what_lies_below_a_removed_member() {
    check(
        Set::difference,
        r#"{"f:a":{".":{},"f:b":{}},"f:c":{}}"#,
        r#"{"f:a":{},"f:c":{}}"#,
        r#"{"f:a":{"f:b":{}}}"#,
    );
}

#[test]
fn a_recursive_difference_does_not() {
    check(
        |set, other| {
            let mut left = set.clone();
            left.remove_below(other);
            left
        },
        r#"{"f:a":{".":{},"f:b":{}},"f:c":{},"f:d":{".":{},"f:e":{},"f:f":{}}}"#,
        r#"{"f:a":{},"f:d":{"f:e":{}}}"#,
        r#"{"f:c":{},"f:d":{".":{},"f:f":{}}}"#,
    );
}

#[test]
fn leaves_have_nothing_below_them() {
    let leaves = set(r#"{"f:a":{".":{},"f:b":{}},"f:c":{}}"#).leaves();
    assert_eq!(leaves.to_json(), r#"{"f:a":{"f:b":{}},"f:c":{}}"#);
}

#[test]
fn members_come_before_what_lies_below_them() {
    let set = set(r#"{"f:a":{".":{},"f:b":{}},"f:c":{}}"#);
    assert_eq!(set.to_string(), ".a\n.c\n.a.b");
    assert_eq!(set.len(), 3);
}

use serde_json::json;

use super::*;

#[track_caller]
fn check(text: &str, want: Result<&str, &str>) {
    let got = LabelSelector::parse(text).map(|s| s.to_string()).map_err(|e| e.to_string());
    assert_eq!(got.as_deref().map_err(String::as_str), want, "{text:?}");
}

#[test]
fn label_selectors_parse_and_print() {
    check("", Ok(""));
    check("  ", Ok(""));
    check("x=a,y=b,z=c", Ok("x=a,y=b,z=c"));
    check("z=c, x == a", Ok("x==a,z=c"));
    check("x!=a", Ok("x!=a"));
    check("x=", Ok("x="));
    check("x=,y=", Ok("x=,y="));
    check("x", Ok("x"));
    check("!x", Ok("!x"));
    check("x>1,y<2", Ok("x>1,y<2"));
    check("x in (b,a,b)", Ok("x in (a,b)"));
    check("x notin (,a)", Ok("x notin (,a)"));
    check("x in ()", Ok("x in ()"));
    check("x in (a,)", Ok("x in (,a)"));
    check("in in (in,notin)", Ok("in in (in,notin)"));
}

#[test]
fn label_selector_errors_are_upstreams() {
    check(
        "x=a||y=b",
        Err(
            "unable to parse requirement: values[0][x]: Invalid value: \"a||y\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        ),
    );
    check("x==a==b", Err("found '==', expected: ',' or 'end of string'"));
    check("!x=a", Err("found '=', expected: ',' or 'end of string'"));
    check(
        "x<a",
        Err(
            "unable to parse requirement: values[0]: Invalid value: \"a\": for 'Gt', 'Lt' operators, the value must be an integer",
        ),
    );
    check(",x", Err("found ',', expected: !, identifier, or 'end of string'"));
    check("x,", Err("found '', expected: identifier after ','"));
    check("x in", Err("unable to parse requirement: found '' expected: '('"));
    check("x in (a", Err("unable to parse requirement: found '', expected: ',' or ')'"));
    check(
        "x y",
        Err("unable to parse requirement: found 'y', expected: in, notin, =, ==, !=, gt, lt"),
    );
    check("!", Err("unable to parse requirement: found '', expected: identifier"));
    check("x=(", Err("unable to parse requirement: found '(', expected: identifier"));
    check(
        "a/b/c",
        Err(
            "unable to parse requirement: <nil>: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
        ),
    );
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "cases read better")]
fn check_match(text: &str, labels: serde_json::Value, want: bool) {
    let selector = LabelSelector::parse(text).unwrap();
    assert_eq!(selector.matches(labels.as_object()), want, "{text} {labels}");
}

#[test]
fn label_selectors_match() {
    check_match("", json!({}), true);
    check_match("x=a", json!({"x": "a"}), true);
    check_match("x=a", json!({}), false);
    check_match("x!=a", json!({}), true);
    check_match("x notin (a)", json!({"x": "a"}), false);
    check_match("x>1", json!({"x": "2"}), true);
    check_match("x>1", json!({"x": "a"}), false);
    check_match("!x", json!({"x": ""}), false);
    check_match("x", json!(null), false);
    assert!(!LabelSelector::NOTHING.matches(None));
}

#[test]
fn label_selector_structs_convert() {
    let selector = LabelSelector::from_value(Some(&json!({
        "matchLabels": {"b": "1"},
        "matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["y", "x"]}],
    })))
    .unwrap();
    assert_eq!(selector.to_string(), "a notin (x,y),b=1");
    assert_eq!(selector.requires_exact_match("b"), Some("1"));
    assert_eq!(LabelSelector::from_value(None), Ok(LabelSelector::NOTHING));
    assert_eq!(LabelSelector::from_value(Some(&json!({}))), Ok(LabelSelector::EVERYTHING));
    let bad = json!({"matchExpressions": [{"key": "a", "operator": "Foo"}]});
    let error = LabelSelector::from_value(Some(&bad)).unwrap_err();
    assert_eq!(error.to_string(), "\"Foo\" is not a valid label selector operator");
    let bad = json!({"matchExpressions": [{"key": "a", "operator": "In"}]});
    let error = LabelSelector::from_value(Some(&bad)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty"
    );
}

#[track_caller]
fn check_field(text: &str, want: Result<&str, &str>) {
    let got = FieldSelector::parse(text).map(|s| s.to_string()).map_err(|e| e.to_string());
    assert_eq!(got.as_deref().map_err(String::as_str), want, "{text:?}");
}

#[test]
fn field_selectors_parse_and_print() {
    check_field("", Ok(""));
    check_field("b=1,a!=2,c==3", Ok("a!=2,b=1,c=3"));
    check_field(",a=1,", Ok("a=1"));
    check_field(r"a=\,\=\\", Ok(r"a=\,\=\\"));
    check_field("a=", Ok("a="));
    check_field("=,b=1", Ok("b=1"));
    check_field("a", Err("invalid selector: 'a'; can't understand 'a'"));
    check_field(r"a=\x", Err(r"invalid field selector: invalid escape sequence: \x"));
    check_field("a=b=c", Err("invalid field selector: unescaped character in value: 61"));
    let selector = FieldSelector::parse("metadata.name=x,status.phase!=Failed").unwrap();
    assert_eq!(selector.requires_exact_match("metadata.name"), Some("x"));
    assert!(selector.matches(|field| if field == "metadata.name" { "x" } else { "" }));
    assert!(!selector.matches(|field| if field == "metadata.name" { "x" } else { "Failed" }));
}

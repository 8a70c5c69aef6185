use serde_json::json;

use super::*;

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "cases read better")]
fn check(document: Value, patch: Value, want: Result<Value, &str>) {
    let mut got = document;
    let result = Patch::decode(patch).and_then(|patch| patch.apply(&mut got, 100));
    let result = result.map(|()| got).map_err(|error| error.to_string());
    assert_eq!(result.as_ref().map_err(String::as_str), want.as_ref().map_err(|e| *e));
}

#[test]
fn operations_change_the_document() {
    check(
        json!({"a": [1]}),
        json!([{"op": "add", "path": "/a/0", "value": 0}]),
        Ok(json!({"a": [0, 1]})),
    );
    check(
        json!({"a": [1]}),
        json!([{"op": "add", "path": "/a/-", "value": 2}]),
        Ok(json!({"a": [1, 2]})),
    );
    check(
        json!({"a": [1]}),
        json!([{"op": "add", "path": "/a/-1", "value": 2}]),
        Ok(json!({"a": [1, 2]})),
    );
    check(json!({"a": [1, 2]}), json!([{"op": "remove", "path": "/a/-1"}]), Ok(json!({"a": [1]})));
    check(
        json!({"a": 1}),
        json!([{"op": "replace", "path": "/b", "value": 2}]),
        Ok(json!({"a": 1, "b": 2})),
    );
    check(
        json!({"a": {"b": 1}}),
        json!([{"op": "move", "from": "/a/b", "path": "/c"}]),
        Ok(json!({"a": {}, "c": 1})),
    );
    check(
        json!({"a": [1]}),
        json!([{"op": "copy", "from": "/a", "path": "/c"}]),
        Ok(json!({"a": [1], "c": [1]})),
    );
    check(
        json!({"a/b": {"~1": 1}}),
        json!([{"op": "test", "path": "/a~1b/~01", "value": 1}]),
        Ok(json!({"a/b": {"~1": 1}})),
    );
    check(
        json!({"a": 1}),
        json!([{"op": "test", "path": "/b", "value": null}]),
        Ok(json!({"a": 1})),
    );
    check(json!({"a": 1}), json!([{"op": "add", "path": "/b"}]), Ok(json!({"a": 1, "b": null})));
    check(
        json!({"a": 1}),
        json!([{"op": "replace", "path": "", "value": {"b": 1}}]),
        Ok(json!({"b": 1})),
    );
    check(json!({}), json!(null), Ok(json!({})));
}

#[test]
fn errors_are_in_upstreams_words() {
    check(
        json!({}),
        json!({}),
        Err("json: cannot unmarshal object into Go value of type jsonpatch.Patch"),
    );
    check(
        json!({}),
        json!([1]),
        Err("json: cannot unmarshal number into Go value of type jsonpatch.Operation"),
    );
    check(json!({}), json!([{"op": "x"}]), Err("Unexpected kind: x"));
    check(json!({}), json!([null]), Err("Unexpected kind: unknown"));
    check(
        json!({}),
        json!([{"op": "add"}]),
        Err("add operation failed to decode path: missing value"),
    );
    check(
        json!({}),
        json!([{"op": "replace"}]),
        Err("replace operation failed to decode path: operation missing path field: missing value"),
    );
    check(
        json!({}),
        json!([{"op": "add", "path": "/a/b", "value": 1}]),
        Err("add operation does not apply: doc is missing path: \"/a/b\": missing value"),
    );
    check(
        json!({}),
        json!([{"op": "remove", "path": "/a"}]),
        Err("error in remove for path: '/a': Unable to remove nonexistent key: a: missing value"),
    );
    check(
        json!({"a": []}),
        json!([{"op": "remove", "path": "/a/0"}]),
        Err(
            "error in remove for path: '/a/0': Unable to access invalid index: 0: invalid index referenced",
        ),
    );
    check(
        json!({"a": []}),
        json!([{"op": "add", "path": "/a/x", "value": 1}]),
        Err(
            "error in add for path: '/a/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\": invalid syntax",
        ),
    );
    check(
        json!({"a": []}),
        json!([{"op": "replace", "path": "/a/0", "value": 1}]),
        Err("replace operation does not apply: doc is missing key: /a/0: missing value"),
    );
    check(
        json!({"a": 1}),
        json!([{"op": "test", "path": "/a", "value": 2}]),
        Err("testing value /a failed: test failed"),
    );
    check(
        json!({"a": 1}),
        json!([{"op": "move", "from": "/b", "path": "/c"}]),
        Err("error in move for path: 'b': Unable to remove nonexistent key: b: missing value"),
    );
    check(
        json!({"a": 1}),
        json!([{"op": "add", "path": "a", "value": 2}]),
        Err("add operation does not apply: doc is missing path: \"a\": missing value"),
    );
}

#[test]
fn copies_are_limited() {
    let document = json!({"a": "x".repeat(60)});
    let copy = json!({"op": "copy", "from": "/a", "path": "/b"});
    check(
        document,
        json!([copy, copy]),
        Err(
            "Unable to complete the copy, the accumulated size increase of copy is 124, exceeding the limit 100",
        ),
    );
}

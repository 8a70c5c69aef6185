use serde_json::json;

use super::*;

/// A structure whose list fields merge by `name`, but for `scalars` (a set) and `atomic`.
#[derive(Clone, Copy)]
enum Schema {
    Item,
    Scalar,
    Strings,
}

impl PatchSchema for Schema {
    fn field(&self, name: &str) -> Result<PatchField<Self>, String> {
        if !matches!(self, Schema::Item) {
            return Err(not_a_struct(self.kind()));
        }
        let field = |strategies, merge_key, schema, is_list| {
            Ok(PatchField { strategies, merge_key, schema, is_list })
        };
        match name {
            "list" => field(&["merge"], "name", Schema::Item, true),
            "scalars" => field(&["merge"], "", Schema::Scalar, true),
            "atomic" => field(&[], "", Schema::Item, true),
            "keyless" => field(&["merge"], "", Schema::Item, true),
            "child" => field(&["retainKeys"], "", Schema::Item, false),
            "whole" => field(&["replace"], "", Schema::Item, false),
            "labels" => field(&[], "", Schema::Strings, false),
            _ => Err(unknown_field("Item", name)),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Schema::Item => "struct",
            Schema::Scalar => "string",
            Schema::Strings => "map",
        }
    }
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "cases read better")]
fn check(object: Value, patch: Value, want: Result<Value, &str>) {
    let got = apply(object, patch, &Schema::Item).map_err(|error| error.to_string());
    assert_eq!(got.as_ref().map_err(String::as_str), want.as_ref().map_err(|e| *e));
}

#[test]
fn maps_merge() {
    check(json!({"a": 1, "b": 2}), json!({"a": null, "c": 3}), Ok(json!({"b": 2, "c": 3})));
    check(
        json!({"labels": {"a": "1", "b": "2"}}),
        json!({"labels": {"a": null, "c": "3"}}),
        Ok(json!({"labels": {"b": "2", "c": "3"}})),
    );
    check(
        json!({"child": {"x": 1}}),
        json!({"child": {"$patch": "replace", "y": 2}}),
        Ok(json!({"child": {"y": 2}})),
    );
    check(
        json!({"child": {"x": 1}}),
        json!({"child": {"$patch": "delete"}}),
        Ok(json!({"child": {}})),
    );
    check(
        json!({"child": {"x": 1, "y": 2}}),
        json!({"child": {"$retainKeys": ["y", "z"], "z": 3}}),
        Ok(json!({"child": {"y": 2, "z": 3}})),
    );
    check(json!({"whole": {"x": 1}}), json!({"whole": {"y": 2}}), Ok(json!({"whole": {"y": 2}})));
    check(
        json!({}),
        json!({"child": {"x": null, "y": {"$patch": "delete"}}}),
        Ok(json!({"child": {}})),
    );
    check(json!({"a": 1}), json!(null), Ok(json!({"a": 1})));
}

#[test]
fn lists_merge_by_key() {
    let object = json!({"list": [{"name": "a", "x": 1}, {"name": "b", "x": 2}]});
    check(
        object.clone(),
        json!({"list": [{"name": "b", "y": 3}]}),
        Ok(json!({"list": [{"name": "a", "x": 1}, {"name": "b", "x": 2, "y": 3}]})),
    );
    check(
        object.clone(),
        json!({"list": [{"name": "c"}]}),
        Ok(json!({"list": [{"name": "c"}, {"name": "a", "x": 1}, {"name": "b", "x": 2}]})),
    );
    check(
        object.clone(),
        json!({"list": [{"name": "a", "$patch": "delete"}]}),
        Ok(json!({"list": [{"name": "b", "x": 2}]})),
    );
    check(
        object.clone(),
        json!({"list": [{"$patch": "replace"}, {"name": "z"}]}),
        Ok(json!({"list": [{"name": "z"}]})),
    );
    check(
        object.clone(),
        json!({"$setElementOrder/list": [{"name": "b"}, {"name": "a"}]}),
        Ok(json!({"list": [{"name": "b", "x": 2}, {"name": "a", "x": 1}]})),
    );
    check(
        object,
        json!({"$setElementOrder/list": [{"name": "c"}, {"name": "b"}], "list": [{"name": "c"}, {"name": "b", "y": 1}]}),
        Ok(json!({"list": [{"name": "c"}, {"name": "a", "x": 1}, {"name": "b", "x": 2, "y": 1}]})),
    );
    check(json!({"atomic": [1, 2]}), json!({"atomic": [3]}), Ok(json!({"atomic": [3]})));
}

#[test]
fn lists_of_scalars_are_sets() {
    check(
        json!({"scalars": ["a", "b"]}),
        json!({"scalars": ["b", "c"]}),
        Ok(json!({"scalars": ["a", "b", "c"]})),
    );
    check(
        json!({"scalars": ["a", "b"]}),
        json!({"$deleteFromPrimitiveList/scalars": ["a"]}),
        Ok(json!({"scalars": ["b"]})),
    );
    check(
        json!({"scalars": ["a", "b"]}),
        json!({"$setElementOrder/scalars": ["c", "b"], "scalars": ["c"], "$deleteFromPrimitiveList/scalars": ["a"]}),
        Ok(json!({"scalars": ["c", "b"]})),
    );
}

#[test]
fn errors_are_in_upstreams_words() {
    check(
        json!({"child": {}}),
        json!({"child": {"$patch": "x"}}),
        Err("unknown patch type: x in map: map[$patch:x]"),
    );
    check(
        json!({"list": [{"name": "a"}]}),
        json!({"list": [{"x": 1}]}),
        Err("map: map[x:1] does not contain declared merge key: name"),
    );
    check(
        json!({"keyless": [{}]}),
        json!({"keyless": [{}]}),
        Err("cannot merge lists without merge key for struct"),
    );
    check(
        json!({"other": {}}),
        json!({"other": {}}),
        Err("unable to find api field in struct Item for the json field \"other\""),
    );
    check(
        json!({"labels": {"a": {}}}),
        json!({"labels": {"a": {}}}),
        Err("merging an object in json but data type is not struct, instead is: map"),
    );
    check(
        json!({"scalars": ["a"]}),
        json!({"scalars": [1]}),
        Err("list element types are not identical: [[a] [1]]"),
    );
    check(
        json!({"child": {}}),
        json!({"child": {"$retainKeys": ["a"], "b": 1}}),
        Err("invalid patch format of retainKeys"),
    );
    check(
        json!({}),
        json!({"$setElementOrder/list": {}}),
        Err("expected a []interface {}, but received a map[string]interface {}"),
    );
    check(
        json!({}),
        json!({"$deleteFromPrimitiveList": []}),
        Err("invalid patch format of primitive list"),
    );
    check(json!({}), json!([]), Err("invalid JSON document"));
    check(
        json!({"list": [{"name": "a"}]}),
        json!({"$setElementOrder/list": [{"name": "b"}], "list": [{"name": "a"}]}),
        Err(
            "The order in patch list:\n[map[name:a]]\n doesn't match $setElementOrder list:\n[map[name:b]]\n",
        ),
    );
    assert_eq!(LIST_OF_LISTS.to_status().code, 422);
    assert_eq!(BAD_RETAIN_KEYS.to_status().code, 400);
}

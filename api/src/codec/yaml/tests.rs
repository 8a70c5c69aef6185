use serde_json::json;

use super::*;

#[track_caller]
fn check(yaml: &str, value: &Value) {
    assert_eq!(parse(yaml.as_bytes()).map(|document| document.value), Ok(value.clone()));
}

#[track_caller]
fn check_error(yaml: &str, message: &str) {
    assert_eq!(parse(yaml.as_bytes()).unwrap_err().to_string(), message);
}

#[track_caller]
fn check_print(value: &Value, yaml: &str) {
    assert_eq!(String::from_utf8(write(value)).unwrap(), yaml);
}

#[test]
fn resolves_scalars_as_yaml_1_1() {
    check("[y, Yes, on, TRUE, n, off]", &json!([true, true, true, true, false, false]));
    check("[~, null, '', \"y\", !!str 1]", &json!([null, null, "", "y", "1"]));
    check("[012, 0x1F, 0b101, 0o17, 1_000, +5, -0x10]", &json!([10, 31, 5, 15, 1000, 5, -16]));
    check("[1e3, .5, 08, 1.5e-2]", &json!([1000.0, 0.5, 8.0, 0.015]));
    check(
        "[18446744073709551615, 2020-01-01, 1:30, 1.2.3]",
        &json!([u64::MAX, "2020-01-01", "1:30", "1.2.3"]),
    );
    check("{1: a, true: b, 1.5: c}", &json!({"1": "a", "true": "b", "1.5": "c"}));
    check("", &Value::Null);
    check("a: 1\n---\nb: [", &json!({"a": 1}));
}

#[test]
fn expands_aliases_and_merges() {
    check("a: &x {b: 1}\nc: *x\n", &json!({"a": {"b": 1}, "c": {"b": 1}}));
    check("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n", &json!({"a": {"b": 1}, "c": {"b": 1, "d": 2}}));
    check_error("a: *x", "yaml: unknown anchor 'x' referenced");
    check_error("a: &x [*x]", "yaml: anchor 'x' value contains itself");
    let bomb = (1..9).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, level| {
        let aliases = vec![format!("*a{}", level - 1); 9].join(",");
        format!("{text}a{level}: &a{level} [{aliases}]\n")
    });
    check_error(&bomb, "yaml: document contains excessive aliasing");
}

#[test]
fn input_may_end_in_the_middle_of_a_line() {
    check("a: |\n  x", &json!({"a": "x"}));
    check("a: |\n  x\n", &json!({"a": "x\n"}));
    check("a: |\n  x\n  ", &json!({"a": "x\n"}));
    check("a: |+\n  x\n\n ", &json!({"a": "x\n\n"}));
    check("a: |\n  x\n# end", &json!({"a": "x\n"}));
    check_error("a: \"\\", "yaml: found unknown escape character");
    check_error("[ !,.\n?", "yaml: line 1: did not find expected ',' or ']'");
}

#[test]
fn says_where_the_syntax_is_wrong() {
    check_error("a: b: c", "yaml: mapping values are not allowed in this context");
    check_error("a: 1\nb: [\n", "yaml: line 2: did not find expected node content");
    check_error("a: 1\n\tb: 2", "yaml: line 2: found a tab character that violates indentation");
    check_error(
        "{{a}}: 1",
        "yaml: invalid map key: map[interface {}]interface {}{\"a\":interface {}(nil)}",
    );
    check_error("a: .nan", "json: unsupported value: NaN");
}

#[test]
fn strict_reading_tells_of_keys_that_stand_twice() {
    let document = parse(b"a: 1\nb:\n  c: 1\n  c: 2\na: 3\n").unwrap();
    assert_eq!(document.value, json!({"a": 3, "b": {"c": 2}}));
    let wanted = "yaml: unmarshal errors:\n  line 4: key \"c\" already set in map\n  \
                  line 5: key \"a\" already set in map";
    assert_eq!(document.strict_error.as_deref(), Some(wanted));
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    super::super::release(parse(nested(10_000).as_bytes()).unwrap().value);
    check_error(&nested(10_001), "yaml: exceeded max depth of 10000");
    check_error(&format!("\n{}", nested(10_001)), "yaml: line 2: exceeded max depth of 10000");
    let blocks = format!("\n{}", "- ".repeat(10_001));
    check_error(&blocks, "yaml: line 2: exceeded max depth of 10000");
    check_error(&format!("- {}", nested(10_000)), "exceeded max depth");
}

#[test]
fn depth_costs_no_stack() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    // Each is built before something else is wrong.
    check_error(
        &"? ".repeat(9_999),
        "yaml: invalid map key: map[interface {}]interface {}{interface {}(nil):interface {}(nil)}",
    );
    check_error(
        &format!("[{}, !!int x]", nested(9_999)),
        "yaml: cannot decode !!str `x` as a !!int",
    );
    check_error(&format!("[{}, .nan]", nested(9_999)), "json: unsupported value: NaN");
    check("{a: A, a: b}".replace('A', &nested(9_998)).as_str(), &json!({"a": "b"}));
    let key = parse(format!("? {}\n: a", nested(9_000)).as_bytes()).unwrap_err().to_string();
    assert_eq!(key.matches("[]interface {}{").count(), 9_000);
}

#[test]
fn prints_blocks() {
    check_print(
        &json!({"b": [1, {"c": null, "d": []}, [2, 3]], "a": {}, "e": {"f": ["x"]}}),
        "a: {}\nb:\n- 1\n- c: null\n  d: []\n- - 2\n  - 3\ne:\n  f:\n  - x\n",
    );
    check_print(&json!("x"), "x\n");
}

#[test]
fn quotes_what_would_read_as_something_else() {
    check_print(
        &json!([
            "",
            "y",
            "1",
            "1.5",
            "null",
            "2020-01-01",
            "1:30",
            "a: b",
            "- a",
            "#",
            " a",
            "it's",
            "a #b",
            "<<"
        ]),
        "- \"\"\n- \"y\"\n- \"1\"\n- \"1.5\"\n- \"null\"\n- \"2020-01-01\"\n- \"1:30\"\n- 'a: b'\n\
         - '- a'\n- '#'\n- ' a'\n- it's\n- 'a #b'\n- \"<<\"\n",
    );
    check_print(&json!(["a\tb", "\u{1F600}", "é"]), "- \"a\\tb\"\n- \"\\U0001F600\"\n- é\n");
}

#[test]
fn prints_lines_as_literals_and_folds_long_ones() {
    check_print(
        &json!({"a": "x\ny\n", "b": "x\ny", "c": "x\n\n", "d": " x\n", "e": "x \ny"}),
        "a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\nd: |2\n   x\ne: \"x \\ny\"\n",
    );
    let words = |count| vec!["word"; count].join(" ");
    let folded = format!("a: {}\n  {}\n", words(16), words(4));
    check_print(&json!({"a": words(20)}), &folded);
}

#[test]
fn prints_floats_as_go_does() {
    let floats = json!([1234567.5, 1e21, 1.5e-7, 0.00001, 0.0001, 1e20, 3.0]);
    let wanted = "- 1.2345675e+06\n- 1e+21\n- 1.5e-07\n- 1e-05\n- 0.0001\n- 1e+20\n- 3\n";
    check_print(&floats, wanted);
}

#[test]
fn keys_with_numbers_are_in_the_order_of_the_numbers() {
    check_print(
        &json!({"a10": 1, "a2": 2, "B": 3, "a-b": 4, "ab": 5}),
        "B: 3\na-b: 4\na2: 2\na10: 1\nab: 5\n",
    );
}

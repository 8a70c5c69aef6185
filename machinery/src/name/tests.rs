use super::*;

#[track_caller]
fn check(format: fn(&str) -> Vec<String>, value: &str, want: &[&str]) {
    assert_eq!(format(value), want, "{value:?}");
}

#[track_caller]
fn check_all(format: fn(&str) -> Vec<String>, good: &[&str], bad: &[&str]) {
    for value in good {
        assert_eq!(format(value), [""; 0], "{value:?}");
    }
    for value in bad {
        assert_ne!(format(value), [""; 0], "{value:?}");
    }
}

#[test]
fn labels_are_lower_case_without_dots() {
    let long = "a".repeat(64);
    check_all(
        dns1123_label,
        &["a", "ab", "a1", "a--1--2--b", "0", "01", "1-a", &long[..63]],
        &["", "A", "-", "a-", "-a", "_", "a_b", "a.b", " ", "a ", &long],
    );
    check(dns1123_label, "a.b", &["must not contain dots"]);
    check(
        dns1123_label,
        "A",
        &[
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        ],
    );
    check(dns1123_label, &long, &["must be no more than 63 characters"]);
}

#[test]
fn subdomains_are_labels_with_dots() {
    check_all(
        dns1123_subdomain,
        &["a", "a.b", "1.2.3", "a-1.a", &"a".repeat(253)],
        &["", "A", "a.", ".a", "a..b", "a_b", "A.a", "a@b", &"a".repeat(254)],
    );
    check(
        dns1123_subdomain,
        "a_b",
        &[
            r"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ],
    );
    check_all(dns1123_subdomain_caseless, &["A.b"], &["A_b", ""]);
    check_all(
        dns1123_subdomain_with_underscore,
        &["_a", "a_b", "_a.b_c.d"],
        &["__a", "a_", "A", "a._"],
    );
    check_all(wildcard_dns1123_subdomain, &["*.a", "*.a.b"], &["*", "*a", "*.*.a", "a", "*."]);
}

#[test]
fn dns1035_labels_start_with_a_letter() {
    check_all(dns1035_label, &["a", "a-1"], &["", "1a", "-a", "a-", "A"]);
}

#[test]
fn qualified_names_have_an_optional_prefix() {
    check_all(
        qualified_name,
        &["simple", "now-with-dashes", "1-starts-with-num", "1.2.3.4/5678", "U.p.c", "a/Bc_d.e"],
        &["", "cantendwithadash-", "-a", "only/one/slash", "Example.com/abc", "/a", "a/", "a b"],
    );
    check(
        qualified_name,
        "/",
        &[
            "prefix part must be non-empty",
            "name part must be non-empty",
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        ],
    );
    check(
        qualified_name,
        "a/b/c",
        &[
            "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
        ],
    );
    check(qualified_name, &"a".repeat(64), &["name part must be no more than 63 bytes"]);
}

#[test]
fn label_values_may_be_empty() {
    check_all(label_value, &["", "a", "A_b.c-d"], &["-a", "a-", "a b", "a/b"]);
    check(label_value, &"a".repeat(64), &["must be no more than 63 bytes"]);
}

#[test]
fn other_formats() {
    check_all(c_identifier, &["a", "_a1"], &["", "1a", "a-b"]);
    check_all(env_var_name, &["a", "_.A-1", "-x"], &["", "1a", ".", "..", "..a", "a b"]);
    check_all(relaxed_env_var_name, &["a b", "1", ".."], &["", "a=b", "é", "\n"]);
    check_all(config_map_key, &["a", "1", ".a"], &["", "a/b", "."]);
    check(config_map_key, "..", &["must not be '..'"]);
    check(config_map_key, "..a", &["must not start with '..'"]);
    check_all(http_header_name, &["X-A"], &["", "a b", "a_b"]);
    check_all(percent, &["1%", "100%"], &["", "%", "1", "-1%", "1.0%"]);
    check_all(decimal_integer, &["0", "1", "-1", "120"], &["", "-", "-0", "01", "+1", "1a"]);
    check(
        port_name,
        "--",
        &[
            "must contain at least one letter (a-z)",
            "must not contain consecutive hyphens",
            "must not begin or end with a hyphen",
        ],
    );
    check(path_segment_name, "a/b%", &["may not contain '/'", "may not contain '%'"]);
    check(path_segment_name, "..", &["may not be '..'"]);
    assert_eq!(port_number(0), ["must be between 1 and 65535, inclusive"]);
}

#[test]
fn a_base_may_end_in_a_dash() {
    assert_eq!(name_is_dns_label("abc-", true), [""; 0]);
    assert_ne!(name_is_dns_label("abc-", false), [""; 0]);
    assert_ne!(name_is_dns_label("-", true), [""; 0]);
}

#[test]
fn generated_names_fit() {
    let mut bits = || 0b00010_00001_11111_00000_00000;
    assert_eq!(generate("web-", &mut bits), "web-bbcdb");
    let base = "é".repeat(40);
    let name = generate(&base, &mut bits);
    assert_eq!(name.len(), 58 + 5);
    assert_eq!(safe_encode("0"), "4");
    assert_eq!(safe_encode("5f9"), SAFE_5F9);
}

/// Codes 53, 102 and 57 modulo 27 are 26, 21 and 3.
const SAFE_5F9: &str = "94f";

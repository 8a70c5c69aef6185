use super::*;

#[track_caller]
fn check(validate: fn(&mut Errors, &str), value: &str, want: Option<&str>) {
    let mut errors = Errors::new();
    validate(&mut errors, value);
    let got: Vec<_> = errors.iter().map(|error| error.detail.clone()).collect();
    assert_eq!(got, want.into_iter().collect::<Vec<_>>(), "{value}");
}

#[test]
fn new_fields_are_strict_and_canonical() {
    let ip = |errors: &mut Errors, value: &str| validate_ip(errors, "ip", value);
    check(ip, "1.2.3.4", None);
    check(ip, "2001:db8::1", None);
    check(ip, "01.2.3.4", Some("must not have leading 0s"));
    check(ip, "::ffff:1.2.3.4", Some("must not be an IPv4-mapped IPv6 address"));
    check(ip, "2001:DB8::1", Some("must be in canonical form (\"2001:db8::1\")"));
    check(ip, "1:0:0:0:0:0:0:1", Some("must be in canonical form (\"1::1\")"));
    let bad = Some("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    for value in
        ["", "1", "1.2.3", "1.2.3.256", "1.2.3.4.5", "::1%eth0", "1:2", ":::", "1::2::3", "g::"]
    {
        check(ip, value, bad);
    }
}

#[test]
fn legacy_fields_need_not_be_canonical() {
    let ip =
        |errors: &mut Errors, value: &str| validate_legacy_ip(errors, "ip", value, &["009.0.0.1"]);
    check(ip, "2001:DB8::1", None);
    check(ip, "009.0.0.1", None);
    check(ip, "1.2.3.04", Some("must not have leading 0s"));
}

#[test]
fn cidrs_have_no_bits_beyond_the_prefix() {
    let cidr = |errors: &mut Errors, value: &str| validate_cidr(errors, "cidr", value);
    check(cidr, "10.0.0.0/8", None);
    check(cidr, "0.0.0.0/0", None);
    check(cidr, "::/0", None);
    check(cidr, "10.0.0.1/8", Some("must not have bits set beyond the prefix length"));
    check(cidr, "10.0.0.0/08", Some("must not have leading 0s in IP or prefix length"));
    check(cidr, "::ffff:10.0.0.0/104", Some("must not have an IPv4-mapped IPv6 address"));
    check(cidr, "2001:DB8::/32", Some("must be in canonical form (\"2001:db8::/32\")"));
    let bad = Some("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
    for value in ["", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/8/8"] {
        check(cidr, value, bad);
    }
    let address = |errors: &mut Errors, value: &str| validate_interface_address(errors, "a", value);
    check(address, "10.0.0.1/8", None);
    check(
        address,
        "::ffff:192.168.0.1/120",
        Some("must be in canonical form (\"192.168.0.1/24\")"),
    );
}

#[test]
fn warnings_name_the_preferred_form() {
    assert_eq!(
        ip_warning("p", "01.2.3.4").as_deref(),
        Some("p: non-standard IP address \"01.2.3.4\" is invalid: use \"1.2.3.4\"")
    );
    assert_eq!(
        ip_warning("p", "1::0:1").as_deref(),
        Some("p: IPv6 address \"1::0:1\" should be in RFC 5952 canonical format (\"1::1\")")
    );
    assert_eq!(ip_warning("p", "1.2.3.4"), None);
    assert_eq!(
        cidr_warnings("p", "10.0.0.1/8"),
        [
            "p: CIDR value \"10.0.0.1/8\" is ambiguous in this context (should be \"10.0.0.0/8\" or \"10.0.0.1/32\"?)"
        ]
    );
    assert_eq!(cidr_warnings("p", "10.0.0.0/8"), [""; 0]);
}

#[test]
fn networks_contain_addresses() {
    let cidr = Cidr::parse_sloppy("10.1.2.3/16").unwrap();
    assert!(cidr.contains("10.1.255.1".parse().unwrap()));
    assert!(!cidr.contains("10.2.0.0".parse().unwrap()));
    assert!(!cidr.contains("::1".parse().unwrap()));
    assert_eq!(cidr.network().to_string(), "10.1.0.0/16");
}

use super::*;

#[track_caller]
fn check(text: &str, want: &str) {
    assert_eq!(Quantity::parse(text).unwrap().to_string(), want, "{text}");
}

#[test]
fn prints_canonically() {
    for (text, want) in [
        ("0", "0"),
        ("0n", "0"),
        ("0Mi", "0"),
        ("00", "0"),
        ("-0", "0"),
        ("0.0", "0"),
        ("+0", "0"),
        ("1n", "1n"),
        ("1u", "1u"),
        ("1m", "1m"),
        ("1", "1"),
        ("1k", "1k"),
        ("1E", "1E"),
        ("1Ki", "1Ki"),
        ("8Ki", "8Ki"),
        ("8Mi", "8Mi"),
        ("7Pi", "7Pi"),
        ("7Ei", "7Ei"),
        ("1000", "1k"),
        ("1000k", "1M"),
        ("0.001", "1m"),
        ("0.5", "500m"),
        ("1.5", "1500m"),
        ("100m", "100m"),
        ("1000m", "1"),
        ("10m", "10m"),
        ("1.0", "1"),
        ("1.", "1."),
        ("1e3", "1e3"),
        ("1E3", "1E3"),
        ("1e4", "10e3"),
        ("100e6", "100e6"),
        ("1e-3", "1e-3"),
        ("1e-4", "100e-6"),
        ("1e0", "1e0"),
        ("0.1e3", "100"),
        ("1024", "1024"),
        ("1024Ki", "1Mi"),
        ("1.5Gi", "1536Mi"),
        ("0.5Mi", "512Ki"),
        ("0.5Ki", "512"),
        ("1.1Ki", "1126400m"),
        ("0.0001Ki", "102400u"),
        ("100Ti", "100Ti"),
        ("16Ki", "16Ki"),
        ("1000Mi", "1000Mi"),
        ("1e-10", "1e-9"),
        ("0.0000000001", "1n"),
        ("-0.0000000001", "-1n"),
        ("1.1n", "2n"),
        ("9223372036854775807", "9223372036854775807"),
        ("9223372036854775808", "9223372036854775808"),
        ("100000000000000000000", "100E"),
        ("8Ei", "9223372036854775807"),
        ("9Ei", "9223372036854775807"),
        ("-9Ei", "-9223372036854775807"),
        ("100Ei", "9223372036854775807"),
        ("+1", "+1"),
        ("01", "01"),
        ("-1Mi", "-1Mi"),
        ("-1.5", "-1500m"),
        ("1000E", "1"),
        ("1e30", "1e30"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("1024.5Ki", "1049088"),
        ("0.3Mi", "314572800m"),
    ] {
        check(text, want);
    }
}

#[test]
fn refuses_what_upstream_refuses() {
    for (text, want) in [
        ("", ParseError::Format),
        ("1.1.M", ParseError::Format),
        ("1+1.0M", ParseError::Format),
        ("0.1mi", ParseError::Suffix),
        ("0.1am", ParseError::Format),
        ("aoeu", ParseError::Format),
        (".5i", ParseError::Suffix),
        ("1i", ParseError::Suffix),
        ("-3.01i", ParseError::Suffix),
        ("1Mii", ParseError::Suffix),
        ("1e", ParseError::Suffix),
        ("1Ki1", ParseError::Suffix),
        ("1 ", ParseError::Format),
        ("1é", ParseError::Format),
        ("+Pi", ParseError::Numeric),
    ] {
        assert_eq!(Quantity::parse(text).unwrap_err(), want, "{text}");
    }
    assert_eq!(Quantity::parse("-").unwrap(), Quantity::default());
    assert_eq!(
        ParseError::Format.to_string(),
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
    );
}

#[test]
fn a_huge_exponent_costs_nothing() {
    let huge = Quantity::parse("1e2147483647").unwrap();
    let one = Quantity::parse("1").unwrap();
    assert!(huge > one);
    assert_eq!(huge.value(), 0);
    let long = format!("{}e2000000000", "1".repeat(30));
    let long = Quantity::parse(&long).unwrap();
    assert!(long > one);
    let mut sum = long.clone();
    sum.add(&one);
    assert_eq!(sum, long);
    assert!(Quantity::parse(&"9".repeat(20_001)).is_err());
}

#[track_caller]
fn check_value(text: &str, value: i64, milli: i64) {
    let quantity = Quantity::parse(text).unwrap();
    assert_eq!((quantity.value(), quantity.milli_value()), (value, milli), "{text}");
}

#[test]
fn values_round_up() {
    check_value("1", 1, 1000);
    check_value("1m", 1, 1);
    check_value("1001m", 2, 1001);
    check_value("1u", 1, 1);
    check_value("1.5Gi", 1_610_612_736, 1_610_612_736_000);
    check_value("-1500m", -2, -1500);
    check_value("0.1Ki", 103, 102_400);
    // Beyond the range, upstream's wrapped answers.
    check_value("8Ei", i64::MAX, -1000);
    check_value("-765.10302Gi", 8_580_371_075, 8_580_371_074_222);
    check_value("-0.0003015120u", 1, 1);
    check_value("-9Ei", -i64::MAX, 1000);
    check_value("1000E", 0, 0);
    check_value("100000000000000000000", 7_766_279_631_452_241_920, 200_376_420_520_689_664);
}

#[test]
fn arithmetic_keeps_the_left_format() {
    let sum = |a: &str, b: &str| {
        let mut sum = Quantity::parse(a).unwrap();
        sum.add(&Quantity::parse(b).unwrap());
        sum.to_string()
    };
    let difference = |a: &str, b: &str| {
        let mut difference = Quantity::parse(a).unwrap();
        difference.sub(&Quantity::parse(b).unwrap());
        difference.to_string()
    };
    assert_eq!(sum("1", "1Mi"), "1048577");
    assert_eq!(sum("0", "1Mi"), "1Mi");
    assert_eq!(sum("1Gi", "1Mi"), "1025Mi");
    assert_eq!(sum("100m", "1"), "1100m");
    assert_eq!(sum("9223372036854775807", "1"), "9223372036854775808");
    assert_eq!(difference("1", "100m"), "900m");
    assert_eq!(difference("1Ki", "1Ki"), "0");
    let mut product = Quantity::parse("100m").unwrap();
    assert!(product.mul(15));
    assert_eq!(product.to_string(), "1500m");
}

#[test]
fn compares_by_value() {
    let quantity = |text| Quantity::parse(text).unwrap();
    assert_eq!(quantity("1000m"), quantity("1"));
    assert_eq!(quantity("1Ki"), quantity("1024"));
    assert!(quantity("1100m") > quantity("1"));
    assert!(quantity("-2") < quantity("-1999m"));
    assert!(quantity("99999999999999999999") > quantity("1E"));
}

use super::*;

#[track_caller]
fn check_time(text: &str, want: Result<&str, &str>) {
    let got = Time::parse(text).map(|time| time.rfc3339_nano()).map_err(|error| error.to_string());
    assert_eq!(got.as_deref().map_err(String::as_str), want);
}

#[test]
fn times_parse_and_print_in_utc() {
    check_time("2006-01-02T15:04:05Z", Ok("2006-01-02T15:04:05Z"));
    check_time("2006-01-02T15:04:05.125+02:30", Ok("2006-01-02T12:34:05.125Z"));
    check_time("2024-02-29T00:00:00-01:00", Ok("2024-02-29T01:00:00Z"));
    check_time("0001-01-01T00:00:00Z", Ok("0001-01-01T00:00:00Z"));
    check_time("9999-12-31T23:59:59.1234567891Z", Ok("9999-12-31T23:59:59.123456789Z"));
    check_time("2006-01-02T5:04:05,5Z", Ok("2006-01-02T05:04:05.5Z"));
    assert!(Time::parse("0001-01-01T00:00:00Z").unwrap().is_zero());
    assert_eq!(Time::ZERO.to_value(), Value::Null);
    assert_eq!(Time::new(0, 0).rfc3339(), "1970-01-01T00:00:00Z");
}

#[test]
fn errors_of_times_are_those_of_go() {
    check_time(
        "x",
        Err(r#"parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006""#),
    );
    check_time(
        "",
        Err(r#"parsing time "" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "2006""#),
    );
    check_time(
        "2006-01-02",
        Err(r#"parsing time "2006-01-02" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T""#),
    );
    check_time(
        "2006-13-02T15:04:05Z",
        Err(r#"parsing time "2006-13-02T15:04:05Z": month out of range"#),
    );
    check_time(
        "2006-02-30T15:04:05Z",
        Err(r#"parsing time "2006-02-30T15:04:05Z": day out of range"#),
    );
    check_time(
        "2006-01-02T25:04:05Z",
        Err(r#"parsing time "2006-01-02T25:04:05Z": hour out of range"#),
    );
    check_time(
        "2006-01-02T15:04:05",
        Err(
            r#"parsing time "2006-01-02T15:04:05" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00""#,
        ),
    );
    check_time(
        "2006-01-02T15:04:05Zé",
        Err(r#"parsing time "2006-01-02T15:04:05Z\xc3\xa9": extra text: "\xc3\xa9""#),
    );
    check_time(
        "2006-01-02T15:04:05+25:00",
        Err(r#"parsing time "2006-01-02T15:04:05+25:00": time zone offset hour out of range"#),
    );
}

#[test]
fn micro_times_have_six_decimals() {
    let time = Time::parse_micro("2006-01-02T15:04:05.000123Z").unwrap();
    assert_eq!(time.nanos, 123_000);
    assert_eq!(time.rfc3339_micro(), "2006-01-02T15:04:05.000123Z");
    assert_eq!(
        Time::parse_micro("2006-01-02T15:04:05Z").unwrap_err().to_string(),
        r#"parsing time "2006-01-02T15:04:05Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000""#
    );
}

#[test]
fn sums_carry_into_the_second() {
    let time = Time::new(10, 900_000_000);
    assert_eq!(time.plus(Duration(200_000_000)), Time::new(11, 100_000_000));
    assert_eq!(time.plus(Duration(-1_000_000_000)), Time::new(9, 900_000_000));
    assert_eq!(time.since(Time::new(9, 0)), Duration(1_900_000_000));
}

#[track_caller]
fn check_duration(text: &str, want: Result<&str, &str>) {
    let got = Duration::parse(text).map(|d| d.to_string()).map_err(|error| error.to_string());
    assert_eq!(got.as_deref().map_err(String::as_str), want);
}

#[test]
fn durations_parse_and_print_as_go() {
    check_duration("0", Ok("0s"));
    check_duration("1h", Ok("1h0m0s"));
    check_duration("-1.5h", Ok("-1h30m0s"));
    check_duration("1h15m30.918s", Ok("1h15m30.918s"));
    check_duration("1us", Ok("1µs"));
    check_duration("1.5ms", Ok("1.5ms"));
    check_duration("11ns", Ok("11ns"));
    check_duration("+.5s", Ok("500ms"));
    check_duration("1.s", Ok("1s"));
    check_duration("100m", Ok("1h40m0s"));
    check_duration("-9223372036854775808ns", Ok("-2562047h47m16.854775808s"));
    check_duration(
        "9223372036854775808ns",
        Err(r#"time: invalid duration "9223372036854775808ns""#),
    );
    check_duration("", Err(r#"time: invalid duration """#));
    check_duration("3", Err(r#"time: missing unit in duration "3""#));
    check_duration("-", Err(r#"time: invalid duration "-""#));
    check_duration(".s", Err(r#"time: invalid duration ".s""#));
    check_duration("1d", Err(r#"time: unknown unit "d" in duration "1d""#));
    check_duration("5m10", Err(r#"time: missing unit in duration "5m10""#));
}

#[track_caller]
fn check_human(seconds: i64, want: &str) {
    assert_eq!(human_duration(Duration::from_secs(seconds)), want);
}

#[test]
fn ages_have_two_figures() {
    check_human(-2, "<invalid>");
    check_human(-1, "0s");
    check_human(0, "0s");
    check_human(119, "119s");
    check_human(120, "2m");
    check_human(121, "2m1s");
    check_human(600, "10m");
    check_human(3 * 3600 - 1, "179m");
    check_human(3 * 3600, "3h");
    check_human(3 * 3600 + 60, "3h1m");
    check_human(8 * 3600 + 60, "8h");
    check_human(48 * 3600, "2d");
    check_human(49 * 3600, "2d1h");
    check_human(8 * 86_400, "8d");
    check_human(2 * 365 * 86_400, "2y");
    check_human(2 * 365 * 86_400 + 86_400, "2y1d");
    check_human(8 * 365 * 86_400, "8y");
    assert_eq!(short_human_duration(Duration::from_secs(3599)), "59m");
}

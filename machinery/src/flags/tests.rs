use super::*;

static TAINTS: Custom = Custom {
    type_name: "[]Taint",
    no_value: "",
    check: |text| {
        if text.contains(':') { Ok(()) } else { Err(format!("invalid taint spec: {text}")) }
    },
};
static VERSION: Custom = Custom { type_name: "version", no_value: "true", check: |_| Ok(()) };

fn flag(name: &'static str, ty: Type, default: &'static str) -> Flag {
    Flag { name, ty, default: default.into(), section: "misc", ..Flag::NONE }
}

fn flags() -> FlagSet {
    FlagSet::new([
        flag("leader-elect", Type::Bool, "true"),
        flag("secure-port", Type::Int, "10259"),
        flag("burst", Type::Int32, "100"),
        flag("qps", Type::Float32, "50"),
        flag("period", Type::Duration, "1m0s"),
        flag("names", Type::Strings, "[a,b]"),
        flag("raw", Type::StringArray, ""),
        flag("bind-address", Type::Ip, "0.0.0.0"),
        flag("labels", Type::MapStringString, ""),
        flag("gates", Type::MapStringBool, ""),
        flag("feature-gates", Type::Multimap, ""),
        flag("cert", Type::NamedCertKeys, "[]"),
        flag("taints", Type::Custom(&TAINTS), ""),
        flag("version", Type::Custom(&VERSION), "false"),
        flag("text", Type::String, "x"),
        Flag { shorthand: "v", ..flag("v", Type::Level, "0") },
        Flag { deprecated: "use --text.", hidden: true, ..flag("old", Type::String, "") },
    ])
}

#[track_caller]
fn parse(args: &[&str]) -> Parsed {
    flags().parse(args).unwrap()
}

#[test]
fn defaults_hold_until_changed() {
    let parsed = parse(&[]);
    assert!(parsed.bool("leader-elect"));
    assert_eq!(parsed.int("secure-port"), 10259);
    assert_eq!(parsed.duration("period"), Duration::from_secs(60));
    assert_eq!(parsed.list("names"), ["a", "b"]);
    assert_eq!(parsed.ip("bind-address"), Some([0, 0, 0, 0].into()));
    assert_eq!(parsed.text("version"), "false");
    assert!(!parsed.changed("names"));
}

#[test]
fn values_come_after_an_equals_sign_or_as_the_next_argument() {
    let parsed =
        parse(&["--leader_elect=false", "--secure-port", "0x10", "pos", "-v=4", "--version"]);
    assert!(!parsed.bool("leader-elect"));
    assert_eq!(parsed.int("secure-port"), 16);
    assert_eq!(parsed.int("v"), 4);
    assert_eq!(parsed.text("version"), "true");
    assert_eq!(parsed.args, ["pos"]);
    assert_eq!(parse(&["-v", "4"]).int("v"), 4);
    assert_eq!(parse(&["-v4"]).int("v"), 4);
    assert!(parse(&["--leader-elect", "false"]).bool("leader-elect"));
    assert_eq!(parse(&["--", "--bogus"]).args, ["--bogus"]);
    assert_eq!(parse(&["--old=1"]).notes, ["Flag --old has been deprecated, use --text."]);
}

#[test]
fn repeated_flags_add_up() {
    let parsed = parse(&["--names=x,\"y,z\"", "--names=w", "--raw=a,b", "--raw=c"]);
    assert_eq!(parsed.list("names"), ["x", "y,z", "w"]);
    assert_eq!(parsed.list("raw"), ["a,b", "c"]);
    let parsed = parse(&["--labels=a=1, b = 2", "--labels=a=3", "--gates=X=true,Y=false"]);
    assert_eq!(parsed.map("labels")["a"], "3");
    assert_eq!(parsed.map("labels")["b"], "2");
    assert!(!parsed.bool_map("gates")["Y"]);
    let parsed = parse(&["--feature-gates=A=true,kube:B=false", "--feature-gates=kube:C=true"]);
    assert_eq!(parsed.multimap("feature-gates")[""], ["A=true"]);
    assert_eq!(parsed.multimap("feature-gates")["kube"], ["B=false", "C=true"]);
    let parsed = parse(&["--cert=c,k:a.b,*.c", "--cert=d,l"]);
    assert_eq!(parsed.cert_keys("cert")[0].names, ["a.b", "*.c"]);
    assert_eq!(parsed.cert_keys("cert")[1].key_file, "l");
}

#[track_caller]
fn check_error(args: &[&str], want: &str) {
    assert_eq!(flags().parse(args).unwrap_err().to_string(), want, "{args:?}");
}

#[test]
fn errors_are_in_pflags_words() {
    check_error(&["--bogus"], "unknown flag: --bogus");
    check_error(&["-x"], "unknown shorthand flag: 'x' in -x");
    check_error(
        &["--v=abc"],
        r#"invalid argument "abc" for "-v, --v" flag: strconv.ParseUint: parsing "abc": invalid syntax"#,
    );
    check_error(
        &["-v="],
        r#"invalid argument "=" for "-v, --v" flag: strconv.ParseUint: parsing "=": invalid syntax"#,
    );
    check_error(
        &["--secure-port=abc"],
        r#"invalid argument "abc" for "--secure-port" flag: strconv.ParseInt: parsing "abc": invalid syntax"#,
    );
    check_error(
        &["--burst=99999999999"],
        r#"invalid argument "99999999999" for "--burst" flag: strconv.ParseInt: parsing "99999999999": value out of range"#,
    );
    check_error(
        &["--leader-elect=x"],
        r#"invalid argument "x" for "--leader-elect" flag: strconv.ParseBool: parsing "x": invalid syntax"#,
    );
    check_error(
        &["--qps=x"],
        r#"invalid argument "x" for "--qps" flag: strconv.ParseFloat: parsing "x": invalid syntax"#,
    );
    check_error(
        &["--period=3"],
        r#"invalid argument "3" for "--period" flag: time: missing unit in duration "3""#,
    );
    check_error(
        &["--bind-address=x"],
        r#"invalid argument "x" for "--bind-address" flag: failed to parse IP: "x""#,
    );
    check_error(
        &["--cert=a"],
        r#"invalid argument "a" for "--cert" flag: expected comma separated certificate and key file paths"#,
    );
    check_error(
        &["--names=\"a"],
        r#"invalid argument "\"a" for "--names" flag: parse error on line 1, column 3: extraneous or missing " in quoted-field"#,
    );
    check_error(
        &["--taints=a,b"],
        r#"invalid argument "a,b" for "--taints" flag: invalid taint spec: a,b"#,
    );
    check_error(
        &["--gates=a"],
        r#"invalid argument "a" for "--gates" flag: malformed pair, expect string=bool"#,
    );
    check_error(&["--secure-port"], "flag needs an argument: --secure-port");
    check_error(&["-v"], "flag needs an argument: 'v' in -v");
    check_error(&["--=x"], "bad flag syntax: --=x");
    assert_eq!(flags().parse(&["--help"]).unwrap_err(), Error::Help);
    assert_eq!(flags().parse(&["-h"]).unwrap_err(), Error::Help);
}

#[test]
fn help_is_aligned_by_section() {
    let usage = |usage: &'static str, flag: Flag| Flag { usage: usage.into(), ..flag };
    let flags = FlagSet::new([
        usage("The `path` to it.", flag("config", Type::String, "/a")),
        usage("Elect.", flag("leader-elect", Type::Bool, "true")),
        usage("Versions\nof all.", flag("versions", Type::Strings, "")),
        Flag { section: "logs", shorthand: "v", ..usage("number", flag("v", Type::Level, "0")) },
        Flag {
            section: "logs",
            ..usage("print", flag("version", Type::Custom(&VERSION), "false"))
        },
        Flag { hidden: true, ..flag("zzz", Type::Bool, "") },
    ]);
    let want = concat!(
        "About.\n\nUsage:\n  kube-x [flags]\n",
        "\nMisc flags:\n\n",
        "      --config path        The path to it. (default \"/a\")\n",
        "      --leader-elect       Elect. (default true)\n",
        "      --versions strings   Versions\n",
        "                           of all.\n",
        "\nLogs flags:\n\n",
        "  -v, --v Level                  number\n",
        "      --version version[=true]   print\n",
    );
    assert_eq!(flags.help("About.", "kube-x [flags]", 0), want);
}

#[test]
fn a_narrow_terminal_gets_blocks() {
    let flags = FlagSet::new([Flag {
        usage: "one two three four five six seven eight nine ten eleven twelve thirteen".into(),
        ..flag("x", Type::Bool, "")
    }]);
    assert_eq!(
        flags.block(50),
        "      --x   one two three four five six\n            seven eight nine ten eleven\n            twelve thirteen\n"
    );
}

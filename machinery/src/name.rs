//! The formats of names, keys and ports, with the messages of apimachinery's `util/validation` and
//! `api/validate/content`: an empty list says that the value is right.

/// Longest DNS label (`DNS1123LabelMaxLength`).
pub const LABEL_MAX: usize = 63;
/// Longest DNS subdomain (`DNS1123SubdomainMaxLength`).
pub const SUBDOMAIN_MAX: usize = 253;
/// Longest base that is kept whole by [`generate`] (`names.MaxGeneratedNameLength`).
pub const GENERATED_BASE_MAX: usize = 58;

const LABEL_FMT: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const LABEL_MSG: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric \
                         characters or '-', and must start and end with an alphanumeric character";
const SUBDOMAIN_FMT: &str = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const SUBDOMAIN_MSG: &str = "a lowercase RFC 1123 subdomain must consist of lower case \
                             alphanumeric characters, '-' or '.', and must start and end with an \
                             alphanumeric character";
const UNDERSCORE_FMT: &str =
    r"_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*";
const UNDERSCORE_MSG: &str = "a lowercase RFC 1123 subdomain must consist of lower case \
                              alphanumeric characters, '_', '-' or '.', and must start and end \
                              with an alphanumeric character";
const CASELESS_MSG: &str = "an RFC 1123 subdomain must consist of alphanumeric characters, '-' or \
                            '.', and must start and end with an alphanumeric character";
const DNS1035_FMT: &str = "[a-z]([-a-z0-9]*[a-z0-9])?";
const DNS1035_MSG: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or \
                           '-', start with an alphabetic character, and end with an alphanumeric \
                           character";
const WILDCARD_FMT: &str = r"\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
const WILDCARD_MSG: &str = "a wildcard DNS-1123 subdomain must start with '*.', followed by a \
                            valid DNS subdomain, which must consist of lower case alphanumeric \
                            characters, '-' or '.' and end with an alphanumeric character";
const KEY_FMT: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const KEY_MSG: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start \
                       and end with an alphanumeric character";
const VALUE_FMT: &str = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
const VALUE_MSG: &str = "a valid label must be an empty string or consist of alphanumeric \
                         characters, '-', '_' or '.', and must start and end with an alphanumeric \
                         character";
const IDENTIFIER_MSG: &str = "a valid C identifier must start with alphabetic character or '_', \
                              followed by a string of alphanumeric characters or '_'";
const ENV_FMT: &str = "[-._a-zA-Z][-._a-zA-Z0-9]*";
const ENV_MSG: &str = "a valid environment variable name must consist of alphabetic characters, \
                       digits, '_', '-', or '.', and must not start with a digit";
const RELAXED_ENV_MSG: &str = "a valid environment variable name must consist only of printable \
                               ASCII characters other than '='";
const CONFIG_KEY_MSG: &str =
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
const HEADER_MSG: &str = "a valid HTTP header must consist of alphanumeric characters or '-'";
const PERCENT_MSG: &str =
    "a valid percent string must be a numeric string followed by an ending '%'";
const DECIMAL_MSG: &str = "must be a valid decimal integer in canonical form";

/// `validation.MaxLenError`; the newer package `content` counts in bytes, see [`max_bytes_error`].
pub fn max_len_error(length: usize) -> String {
    format!("must be no more than {length} characters")
}

/// `content.MaxLenError`.
pub fn max_bytes_error(length: usize) -> String {
    format!("must be no more than {length} bytes")
}

/// `validation.EmptyError`.
pub const EMPTY_ERROR: &str = "must be non-empty";

/// `validation.InclusiveRangeError`.
pub fn inclusive_range_error(low: i64, high: i64) -> String {
    format!("must be between {low} and {high}, inclusive")
}

/// `validation.RegexError`.
pub fn regex_error(message: &str, regex: &str, examples: &[&str]) -> String {
    if examples.is_empty() {
        return format!("{message} (regex used for validation is '{regex}')");
    }
    let examples: Vec<String> = examples.iter().map(|e| format!("'{e}', ")).collect();
    format!("{message} (e.g. {}regex used for validation is '{regex}')", examples.join(" or "))
}

fn lower_alnum(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// True if the text is not empty, starts and ends with `edge` and has only `inner` between.
fn shaped(text: &str, edge: fn(u8) -> bool, inner: fn(u8) -> bool) -> bool {
    match text.as_bytes() {
        [] => false,
        [only] => edge(*only),
        [first, middle @ .., last] => {
            edge(*first) && edge(*last) && middle.iter().all(|byte| inner(*byte))
        }
    }
}

fn is_label(text: &str) -> bool {
    shaped(text, lower_alnum, |byte| lower_alnum(byte) || byte == b'-')
}

fn is_subdomain(text: &str) -> bool {
    text.split('.').all(is_label)
}

fn is_caseless_subdomain(text: &str) -> bool {
    text.split('.').all(|label| {
        // `(?i)` folds by Unicode, where these two have ASCII lower cases.
        let folded = label.replace('\u{212a}', "k").replace('\u{17f}', "s");
        shaped(&folded, |b| b.is_ascii_alphanumeric(), |b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

fn is_underscore_label(text: &str) -> bool {
    let text = text.strip_prefix('_').unwrap_or(text);
    shaped(text, lower_alnum, |byte| lower_alnum(byte) || matches!(byte, b'-' | b'_'))
}

fn is_key_name(text: &str) -> bool {
    shaped(
        text,
        |byte| byte.is_ascii_alphanumeric(),
        |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'),
    )
}

fn too_long(value: &str, max: usize, error: fn(usize) -> String) -> Vec<String> {
    if value.len() > max { vec![error(max)] } else { Vec::new() }
}

/// `validation.IsDNS1123Label`.
pub fn dns1123_label(value: &str) -> Vec<String> {
    let mut errors = too_long(value, LABEL_MAX, max_len_error);
    if !is_label(value) {
        errors.push(if is_subdomain(value) {
            "must not contain dots".to_owned()
        } else {
            regex_error(LABEL_MSG, LABEL_FMT, &["my-name", "123-abc"])
        });
    }
    errors
}

/// `validation.IsDNS1123Subdomain`.
pub fn dns1123_subdomain(value: &str) -> Vec<String> {
    subdomain(value, max_len_error)
}

fn subdomain(value: &str, length_error: fn(usize) -> String) -> Vec<String> {
    let mut errors = too_long(value, SUBDOMAIN_MAX, length_error);
    if !is_subdomain(value) {
        errors.push(regex_error(SUBDOMAIN_MSG, SUBDOMAIN_FMT, &["example.com"]));
    }
    errors
}

/// `content.IsDNS1123SubdomainCaseless`.
pub fn dns1123_subdomain_caseless(value: &str) -> Vec<String> {
    let mut errors = too_long(value, SUBDOMAIN_MAX, max_bytes_error);
    if !is_caseless_subdomain(value) {
        errors.push(regex_error(CASELESS_MSG, SUBDOMAIN_FMT, &["Example.com"]));
    }
    errors
}

/// `validation.IsDNS1123SubdomainWithUnderscore`.
pub fn dns1123_subdomain_with_underscore(value: &str) -> Vec<String> {
    let mut errors = too_long(value, SUBDOMAIN_MAX, max_len_error);
    if !value.split('.').all(is_underscore_label) {
        errors.push(regex_error(UNDERSCORE_MSG, UNDERSCORE_FMT, &["example.com"]));
    }
    errors
}

/// `validation.IsDNS1035Label`.
pub fn dns1035_label(value: &str) -> Vec<String> {
    let mut errors = too_long(value, LABEL_MAX, max_len_error);
    if !(is_label(value) && value.as_bytes()[0].is_ascii_lowercase()) {
        errors.push(regex_error(DNS1035_MSG, DNS1035_FMT, &["my-name", "abc-123"]));
    }
    errors
}

/// `validation.IsWildcardDNS1123Subdomain`.
pub fn wildcard_dns1123_subdomain(value: &str) -> Vec<String> {
    let mut errors = too_long(value, SUBDOMAIN_MAX, max_len_error);
    if !value.strip_prefix("*.").is_some_and(is_subdomain) {
        errors.push(regex_error(WILDCARD_MSG, WILDCARD_FMT, &["*.example.com"]));
    }
    errors
}

/// `validation.IsFullyQualifiedName`, as pairs of (value, message); empty names are for the caller.
pub fn fully_qualified_name(name: &str) -> Vec<String> {
    let errors = dns1123_subdomain(name);
    if !errors.is_empty() {
        return vec![errors.join(",")];
    }
    if name.split('.').count() < 3 {
        return vec!["should be a domain with at least three segments separated by dots".into()];
    }
    Vec::new()
}

/// `validation.IsFullyQualifiedDomainName`, as (offending value, message); empty names are for the
/// caller.
pub fn fully_qualified_domain_name(name: &str) -> Option<(&str, String)> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let errors = dns1123_subdomain(name);
    if !errors.is_empty() {
        return Some((name, errors.join(",")));
    }
    if !name.contains('.') {
        let message = "should be a domain with at least two segments separated by dots";
        return Some((name, message.to_owned()));
    }
    name.split('.').find_map(|label| {
        let errors = dns1123_label(label);
        (!errors.is_empty()).then(|| (label, errors.join(",")))
    })
}

/// `validation.IsDomainPrefixedPath`, as (offending value, message)s; empty paths are for the
/// caller.
pub fn domain_prefixed_path(path: &str) -> Vec<(&str, String)> {
    let Some((host, rest)) =
        path.split_once('/').filter(|(host, rest)| !host.is_empty() && !rest.is_empty())
    else {
        let message = "must be a domain-prefixed path (such as \"acme.io/foo\")";
        return vec![(path, message.to_owned())];
    };
    let mut errors: Vec<_> =
        dns1123_subdomain(host).into_iter().map(|message| (host, message)).collect();
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&b);
    if !rest.bytes().all(allowed) {
        let regex = r"[A-Za-z0-9/\-._~%!$&'()*+,;=:]+";
        errors.push((rest, regex_error("Invalid path", regex, &[])));
    }
    errors
}

/// `validation.IsDomainPrefixedKey`; empty keys are for the caller.
pub fn domain_prefixed_key(key: &str) -> Vec<String> {
    let errors = qualified_name(key);
    if errors.is_empty() && !key.contains('/') {
        return vec!["must be a domain-prefixed key (such as \"acme.io/foo\")".to_owned()];
    }
    errors
}

/// `validation.IsQualifiedName` = `content.IsLabelKey`.
pub fn qualified_name(value: &str) -> Vec<String> {
    let examples = &["MyName", "my.name", "123-abc"];
    let mut errors = Vec::new();
    let name = match value.split_once('/') {
        None => value,
        Some((_, name)) if name.contains('/') => {
            return vec![format!(
                "a valid label key {} with an optional DNS subdomain prefix and '/' (e.g. \
                 'example.com/MyName')",
                regex_error(KEY_MSG, KEY_FMT, examples)
            )];
        }
        Some((prefix, name)) => {
            if prefix.is_empty() {
                errors.push(format!("prefix part {EMPTY_ERROR}"));
            } else {
                let prefix_errors = subdomain(prefix, max_bytes_error);
                errors.extend(prefix_errors.iter().map(|error| format!("prefix part {error}")));
            }
            name
        }
    };
    if name.is_empty() {
        errors.push(format!("name part {EMPTY_ERROR}"));
    } else if name.len() > LABEL_MAX {
        errors.push(format!("name part {}", max_bytes_error(LABEL_MAX)));
    }
    if !is_key_name(name) {
        errors.push(format!("name part {}", regex_error(KEY_MSG, KEY_FMT, examples)));
    }
    errors
}

/// `content.IsPrefixedLabelKey`.
pub fn prefixed_label_key(value: &str) -> Vec<String> {
    let errors = qualified_name(value);
    if errors.is_empty() && !value.contains('/') {
        return vec!["must include a prefix (e.g. 'example.com/key')".to_owned()];
    }
    errors
}

/// `validation.IsValidLabelValue` = `content.IsLabelValue`.
pub fn label_value(value: &str) -> Vec<String> {
    let mut errors = too_long(value, LABEL_MAX, max_bytes_error);
    if !value.is_empty() && !is_key_name(value) {
        errors.push(regex_error(VALUE_MSG, VALUE_FMT, &["MyValue", "my_value", "12345"]));
    }
    errors
}

/// `content.IsCIdentifier`.
pub fn c_identifier(value: &str) -> Vec<String> {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let starts = value.bytes().next().is_some_and(|byte| word(byte) && !byte.is_ascii_digit());
    if starts && value.bytes().all(word) {
        return Vec::new();
    }
    let examples = &["my_name", "MY_NAME", "MyName"];
    vec![regex_error(IDENTIFIER_MSG, "[A-Za-z_][A-Za-z0-9_]*", examples)]
}

fn is_config_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// `validation.IsEnvVarName`.
pub fn env_var_name(value: &str) -> Vec<String> {
    let mut errors = Vec::new();
    let starts = value.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
    if !(starts && value.bytes().all(is_config_char)) {
        let examples = &["my.env-name", "MY_ENV.NAME", "MyEnvName1"];
        errors.push(regex_error(ENV_MSG, ENV_FMT, examples));
    }
    errors.extend(dot_dot(value));
    errors
}

/// `validation.IsRelaxedEnvVarName`.
pub fn relaxed_env_var_name(value: &str) -> Vec<String> {
    if value.is_empty() {
        return vec![format!("environment variable name {EMPTY_ERROR}")];
    }
    if value.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'=') {
        return Vec::new();
    }
    vec![RELAXED_ENV_MSG.to_owned()]
}

/// `validation.IsConfigMapKey`.
pub fn config_map_key(value: &str) -> Vec<String> {
    let mut errors = too_long(value, SUBDOMAIN_MAX, max_len_error);
    if value.is_empty() || !value.bytes().all(is_config_char) {
        let examples = &["key.name", "KEY_NAME", "key-name"];
        errors.push(regex_error(CONFIG_KEY_MSG, "[-._a-zA-Z0-9]+", examples));
    }
    errors.extend(dot_dot(value));
    errors
}

fn dot_dot(value: &str) -> Option<String> {
    let message = match value {
        "." => "must not be '.'",
        ".." => "must not be '..'",
        _ if value.starts_with("..") => "must not start with '..'",
        _ => return None,
    };
    Some(message.to_owned())
}

/// `validation.IsHTTPHeaderName`.
pub fn http_header_name(value: &str) -> Vec<String> {
    let right = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !value.is_empty() && value.bytes().all(right) {
        return Vec::new();
    }
    vec![regex_error(HEADER_MSG, "[-A-Za-z0-9]+", &["X-Header-Name"])]
}

/// `validation.IsValidPercent`.
pub fn percent(value: &str) -> Vec<String> {
    let digits = value.strip_suffix('%').unwrap_or("");
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    vec![regex_error(PERCENT_MSG, "[0-9]+%", &["1%", "93%"])]
}

/// `content.IsDecimalInteger`.
pub fn decimal_integer(value: &str) -> Vec<String> {
    if value.is_empty() {
        return vec![EMPTY_ERROR.to_owned()];
    }
    let digits = value.strip_prefix('-').unwrap_or(value);
    let right = value == "0"
        || (!digits.is_empty()
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if right { Vec::new() } else { vec![DECIMAL_MSG.to_owned()] }
}

/// `validation.IsValidPortNum`.
pub fn port_number(port: i64) -> Vec<String> {
    in_range(port, 1, 65535)
}

/// `validation.IsInRange`; user and group ids are in `0..=i32::MAX`.
pub fn in_range(value: i64, low: i64, high: i64) -> Vec<String> {
    if (low..=high).contains(&value) { Vec::new() } else { vec![inclusive_range_error(low, high)] }
}

/// `validation.IsValidPortName`: an IANA service name.
pub fn port_name(value: &str) -> Vec<String> {
    let mut errors = too_long(value, 15, max_len_error);
    let mut check = |wrong: bool, message: &str| {
        if wrong {
            errors.push(message.to_owned());
        }
    };
    let charset = value.bytes().all(|byte| lower_alnum(byte) || byte == b'-');
    check(
        value.is_empty() || !charset,
        "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
    );
    check(
        !value.bytes().any(|byte| byte.is_ascii_lowercase()),
        "must contain at least one letter (a-z)",
    );
    check(value.contains("--"), "must not contain consecutive hyphens");
    check(value.starts_with('-') || value.ends_with('-'), "must not begin or end with a hyphen");
    errors
}

/// `content.IsPathSegmentName`.
pub fn path_segment_name(value: &str) -> Vec<String> {
    if matches!(value, "." | "..") {
        return vec![format!("may not be '{value}'")];
    }
    path_segment_prefix(value)
}

/// `content.IsPathSegmentPrefix`.
pub fn path_segment_prefix(value: &str) -> Vec<String> {
    ["/", "%"]
        .iter()
        .filter(|illegal| value.contains(**illegal))
        .map(|illegal| format!("may not contain '{illegal}'"))
        .collect()
}

/// How a resource names its objects: one of this module's functions (`ValidateNameFunc`). The flag
/// says that the name is the base of a generated one.
pub type NameFormat = fn(&str, bool) -> Vec<String>;

/// `NameIsDNSSubdomain`.
pub fn name_is_dns_subdomain(name: &str, prefix: bool) -> Vec<String> {
    masked(name, prefix, dns1123_subdomain)
}

/// `NameIsDNSLabel`.
pub fn name_is_dns_label(name: &str, prefix: bool) -> Vec<String> {
    masked(name, prefix, dns1123_label)
}

/// `NameIsDNS1035Label`.
pub fn name_is_dns1035_label(name: &str, prefix: bool) -> Vec<String> {
    masked(name, prefix, dns1035_label)
}

/// `path.ValidatePathSegmentName`.
pub fn name_is_path_segment(name: &str, prefix: bool) -> Vec<String> {
    if prefix { path_segment_prefix(name) } else { path_segment_name(name) }
}

/// Replaces a trailing dash, and what stands before it, as `maskTrailingDash` does.
fn masked(name: &str, prefix: bool, format: fn(&str) -> Vec<String>) -> Vec<String> {
    match name.strip_suffix('-') {
        Some(base) if prefix && !base.is_empty() => {
            let mut masked = base.to_owned();
            masked.pop();
            masked.push('a');
            format(&masked)
        }
        _ => format(name),
    }
}

const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// A name from a base and five random characters (`names.SimpleNameGenerator`).
///
/// `random` gives uniformly distributed bits, of which 63 are used at a time.
pub fn generate(base: &str, random: &mut dyn FnMut() -> u64) -> String {
    let mut end = base.len().min(GENERATED_BASE_MAX);
    while !base.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{}", &base[..end], random_string(5, random))
}

/// `length` random characters of the alphabet without vowels (`util/rand.String`).
pub fn random_string(length: usize, random: &mut dyn FnMut() -> u64) -> String {
    let mut out = String::with_capacity(length);
    let (mut bits, mut remaining) = (0, 0);
    while out.len() < length {
        if remaining == 0 {
            (bits, remaining) = (random(), 12);
        }
        if let Some(byte) = ALPHABET.get((bits & 31) as usize) {
            out.push(char::from(*byte));
        }
        bits >>= 5;
        remaining -= 1;
    }
    out
}

/// Spells a text in the alphabet without vowels (`util/rand.SafeEncodeString`).
pub fn safe_encode(text: &str) -> String {
    text.chars().map(|c| char::from(ALPHABET[u32::from(c) as usize % ALPHABET.len()])).collect()
}

#[cfg(test)]
mod tests;

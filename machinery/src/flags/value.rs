//! Values of flags: defaults, and what a text does to them.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Flag, Type, csv, number};
use crate::json::quote;
use crate::time::Duration;

/// A flag's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `Bool`, `Tristate`.
    Bool(bool),
    /// All integer types.
    Int(i64),
    /// `Float32`, `Float64`.
    Float(f64),
    /// `Duration`.
    Duration(Duration),
    /// `String`, `Custom`.
    Text(String),
    /// `Strings`, `StringArray`.
    List(Vec<String>),
    /// `Int32Slice`.
    Ints(Vec<i32>),
    /// `Ip`.
    Ip(Option<IpAddr>),
    /// `MapStringString`, `ConfigurationMap`, `LangleMap`, `StringToString`.
    Map(BTreeMap<String, String>),
    /// `MapStringBool`.
    BoolMap(BTreeMap<String, bool>),
    /// `Multimap`.
    Multimap(BTreeMap<String, Vec<String>>),
    /// `NamedCertKeys`.
    CertKeys(Vec<NamedCertKey>),
}

/// A certificate and key for the server names of TLS (component-base's `NamedCertKey`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedCertKey {
    /// Names that it is for; empty means those of the certificate.
    pub names: Vec<String>,
    /// Path of the certificate.
    pub cert_file: String,
    /// Path of the key.
    pub key_file: String,
}

/// Go's `strconv.ParseBool`, with its error text.
pub fn parse_bool(text: &str) -> Result<bool, String> {
    number::bool(text)
}

impl Type {
    /// The value of a flag given without one; empty if it needs one.
    pub(super) fn no_value(self) -> &'static str {
        match self {
            Type::Bool | Type::Tristate => "true",
            Type::Custom(custom) => custom.no_value,
            _ => "",
        }
    }

    fn zero(self) -> Value {
        match self {
            Type::Bool | Type::Tristate => Value::Bool(false),
            Type::Int
            | Type::Int32
            | Type::Int64
            | Type::Uint
            | Type::Uint16
            | Type::Uint32
            | Type::Level => Value::Int(0),
            Type::Float32 | Type::Float64 => Value::Float(0.0),
            Type::Duration => Value::Duration(Duration(0)),
            Type::String | Type::Custom(_) => Value::Text(String::new()),
            Type::Strings | Type::StringArray => Value::List(Vec::new()),
            Type::Int32Slice => Value::Ints(Vec::new()),
            Type::Ip => Value::Ip(None),
            Type::MapStringString
            | Type::ConfigurationMap
            | Type::LangleMap
            | Type::StringToString => Value::Map(BTreeMap::new()),
            Type::MapStringBool => Value::BoolMap(BTreeMap::new()),
            Type::Multimap => Value::Multimap(BTreeMap::new()),
            Type::NamedCertKeys => Value::CertKeys(Vec::new()),
        }
    }
}

impl Value {
    /// The default that a flag's help shows, as a value.
    pub(super) fn default_of(flag: &Flag) -> Value {
        let mut value = flag.ty.zero();
        let text = match value {
            Value::Text(_) => flag.default.as_ref(),
            _ => flag.default.trim_start_matches('[').trim_end_matches(']'),
        };
        match &mut value {
            Value::Text(value) => text.clone_into(value),
            _ if text.is_empty() || text == "<nil>" => {}
            value => value
                .set(flag.ty, text, true)
                .unwrap_or_else(|error| panic!("default of --{}: {error}", flag.name)),
        }
        value
    }

    /// The value as pflag's `String` prints it.
    pub fn print(&self, ty: Type) -> String {
        let pairs = |map: &BTreeMap<String, String>| {
            map.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",")
        };
        match self {
            Value::Bool(value) => value.to_string(),
            Value::Int(value) => value.to_string(),
            Value::Float(value) => value.to_string(),
            Value::Duration(value) => value.to_string(),
            Value::Text(value) => value.clone(),
            Value::List(values) => format!("[{}]", values.join(",")),
            Value::Ints(values) => {
                let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
                format!("[{}]", texts.join(","))
            }
            Value::Ip(value) => value.map_or_else(|| "<nil>".to_owned(), |ip| ip.to_string()),
            Value::Map(map) if matches!(ty, Type::StringToString) => format!("[{}]", pairs(map)),
            Value::Map(map) => pairs(map),
            Value::BoolMap(map) => {
                let texts: Vec<String> =
                    map.iter().map(|(key, value)| format!("{key}={value}")).collect();
                texts.join(",")
            }
            Value::Multimap(map) => {
                let texts: Vec<String> = map
                    .iter()
                    .flat_map(|(key, values)| values.iter().map(move |value| (key, value)))
                    .map(
                        |(key, value)| {
                            if key.is_empty() { value.clone() } else { format!("{key}:{value}") }
                        },
                    )
                    .collect();
                texts.join(",")
            }
            Value::CertKeys(keys) => {
                let texts: Vec<String> = keys
                    .iter()
                    .map(|key| {
                        let files = format!("{},{}", key.cert_file, key.key_file);
                        match key.names.as_slice() {
                            [] => files,
                            names => format!("{files}:{}", names.join(",")),
                        }
                    })
                    .collect();
                format!("[{}]", texts.join(";"))
            }
        }
    }

    /// Sets the value, or adds to it; `first` says that it still is the default.
    pub(super) fn set(&mut self, ty: Type, text: &str, first: bool) -> Result<(), String> {
        if first && !matches!(ty, Type::ConfigurationMap | Type::Ip) {
            let mut fresh = ty.zero();
            fresh.add(ty, text)?;
            *self = fresh;
            return Ok(());
        }
        self.add(ty, text)
    }

    fn add(&mut self, ty: Type, text: &str) -> Result<(), String> {
        match self {
            Value::Bool(value) => *value = number::bool(text)?,
            Value::Int(value) => {
                *value = match ty {
                    Type::Int32 => number::int(text, 32)?,
                    Type::Uint => number::uint(text, 64)?,
                    Type::Uint16 => number::uint(text, 16)?,
                    Type::Uint32 => number::uint(text, 32)?,
                    Type::Level => number::level(text)?,
                    _ => number::int(text, 64)?,
                };
            }
            Value::Float(value) => {
                let bits = if matches!(ty, Type::Float32) { 32 } else { 64 };
                *value = number::float(text, bits)?;
            }
            Value::Duration(value) => {
                *value = Duration::parse(text).map_err(|error| error.to_string())?;
            }
            Value::Text(value) => {
                if let Type::Custom(custom) = ty {
                    (custom.check)(text)?;
                }
                text.clone_into(value);
            }
            Value::List(list) if matches!(ty, Type::StringArray) => list.push(text.to_owned()),
            Value::List(_) | Value::Ip(_) if text.is_empty() => {}
            Value::List(list) => list.extend(csv::read(text)?),
            Value::Ints(list) => {
                for number in text.split(',') {
                    list.push(number::int(number, 32)? as i32);
                }
            }
            Value::Ip(value) => match text.trim().parse() {
                Ok(ip) => *value = Some(ip),
                Err(_) => return Err(format!("failed to parse IP: {}", quote(text))),
            },
            Value::Map(map) if matches!(ty, Type::StringToString) => string_to_string(map, text)?,
            Value::Map(map) => {
                for pair in text.split(',').filter(|pair| !pair.is_empty()) {
                    let (key, value) = string_pair(ty, pair)?;
                    map.insert(key.trim().to_owned(), value.trim().to_owned());
                }
            }
            Value::BoolMap(map) => {
                for pair in text.split(',').filter(|pair| !pair.is_empty()) {
                    let (key, value) =
                        pair.split_once('=').ok_or("malformed pair, expect string=bool")?;
                    let (key, value) = (key.trim(), value.trim());
                    let value = number::bool(value)
                        .map_err(|e| format!("invalid value of {key}: {value}, err: {e}"))?;
                    map.insert(key.to_owned(), value);
                }
            }
            Value::Multimap(map) => {
                for pair in text.split(',').filter(|pair| !pair.is_empty()) {
                    let (key, value) = pair.split_once(':').unwrap_or(("", pair));
                    map.entry(key.trim().to_owned()).or_default().push(value.trim().to_owned());
                }
            }
            Value::CertKeys(list) => list.push(cert_key(text)?),
        }
        Ok(())
    }
}

fn string_pair(ty: Type, pair: &str) -> Result<(&str, &str), String> {
    match ty {
        Type::ConfigurationMap => Ok(pair.split_once('=').unwrap_or((pair, ""))),
        Type::LangleMap => {
            pair.split_once('<').ok_or_else(|| "malformed pair, expect string<string".to_owned())
        }
        _ => pair.split_once('=').ok_or_else(|| "malformed pair, expect string=string".to_owned()),
    }
}

/// pflag's `stringToStringValue.Set`.
fn string_to_string(map: &mut BTreeMap<String, String>, text: &str) -> Result<(), String> {
    let pairs = match text.matches('=').count() {
        0 => return Err(format!("{text} must be formatted as key=value")),
        1 => vec![text.trim_matches('"').to_owned()],
        _ => csv::read(text)?,
    };
    for pair in pairs {
        let Some((key, value)) = pair.split_once('=') else {
            return Err(format!("{pair} must be formatted as key=value"));
        };
        map.insert(key.to_owned(), value.to_owned());
    }
    Ok(())
}

fn cert_key(text: &str) -> Result<NamedCertKey, String> {
    let (files, names) = match text.split_once(':') {
        Some((files, names)) => {
            if names.trim().is_empty() {
                return Err("empty names list is not allowed".to_owned());
            }
            (files, names.trim().split(',').map(|name| name.trim().to_owned()).collect())
        }
        None => (text, Vec::new()),
    };
    match files.trim().split(',').collect::<Vec<_>>().as_slice() {
        [cert, key] => Ok(NamedCertKey {
            names,
            cert_file: cert.trim().to_owned(),
            key_file: key.trim().to_owned(),
        }),
        _ => Err("expected comma separated certificate and key file paths".to_owned()),
    }
}

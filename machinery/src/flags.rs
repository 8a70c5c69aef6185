//! Command-line flags by pflag's grammar over a table, with its error texts and its help.

mod csv;
mod help;
mod number;
mod value;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::json::quote;
use crate::time::Duration;

pub use value::{NamedCertKey, Value, parse_bool};

/// One flag of a component.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Name with hyphens, without the leading ones.
    pub name: &'static str,
    /// One-letter form; empty if none.
    pub shorthand: &'static str,
    /// Type of the value.
    pub ty: Type,
    /// Default as the help shows it: `true`, `1m0s`, `[a,b]`; empty for the type's zero.
    pub default: Cow<'static, str>,
    /// What it does, for the help; a back-quoted word replaces the type's name.
    pub usage: Cow<'static, str>,
    /// Why it is deprecated; empty if it is not.
    pub deprecated: &'static str,
    /// Not in the help.
    pub hidden: bool,
    /// Section of the help, such as `secure serving`.
    pub section: &'static str,
}

impl Flag {
    /// A flag to fill the rest of a literal from.
    pub const NONE: Flag = Flag {
        name: "",
        shorthand: "",
        ty: Type::String,
        default: Cow::Borrowed(""),
        usage: Cow::Borrowed(""),
        deprecated: "",
        hidden: false,
        section: "",
    };
}

/// The types of flags, each with pflag's or component-base's parsing.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// `--x`, `--x=false`.
    Bool,
    /// `--x`, `--x=false`, shown without its default (`tristate`).
    Tristate,
    /// A signed integer of 64 bits.
    Int,
    /// A signed integer of 32 bits.
    Int32,
    /// A signed integer of 64 bits.
    Int64,
    /// An unsigned integer of 64 bits.
    Uint,
    /// An unsigned integer of 16 bits.
    Uint16,
    /// An unsigned integer of 32 bits.
    Uint32,
    /// klog's verbosity.
    Level,
    /// A float of 32 bits.
    Float32,
    /// A float of 64 bits.
    Float64,
    /// A Go duration.
    Duration,
    /// Any text.
    String,
    /// Comma-separated, in CSV's quoting, and repeatable (`stringSlice`).
    Strings,
    /// Repeatable, not split (`stringArray`).
    StringArray,
    /// Comma-separated integers, repeatable.
    Int32Slice,
    /// An IP address.
    Ip,
    /// `k=v,k2=v2`, repeatable (component-base's `MapStringString`).
    MapStringString,
    /// `k=v,k2`, repeatable (component-base's `ConfigurationMap`).
    ConfigurationMap,
    /// `k=true,k2=false`, repeatable (component-base's `MapStringBool`).
    MapStringBool,
    /// `k<v,k2<v2`, repeatable (component-base's `LangleSeparatedMapStringString`).
    LangleMap,
    /// `k=v`, or in CSV's quoting `k=v,k2=v2`, repeatable (pflag's `stringToString`).
    StringToString,
    /// `k:v,k2:v2` with several values a key, repeatable; a lone value has the empty key.
    Multimap,
    /// `cert,key:name,name`, repeatable.
    NamedCertKeys,
    /// A text checked by a function; the last one counts.
    Custom(&'static Custom),
}

/// A type that only its component knows.
#[derive(Debug)]
pub struct Custom {
    /// Name in the help.
    pub type_name: &'static str,
    /// Value of a flag given without one; empty if it needs one.
    pub no_value: &'static str,
    /// Says what is wrong with a text.
    pub check: fn(&str) -> Result<(), String>,
}

/// Why a command line can't be parsed; prints pflag's text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// `--help` or `-h` was given and is no flag of the table.
    #[error("pflag: help requested")]
    Help,
    /// No such flag.
    #[error("unknown flag: --{0}")]
    Unknown(String),
    /// No such one-letter flag.
    #[error("unknown shorthand flag: {} in -{shorthands}", quote_char(*.letter))]
    UnknownShorthand {
        /// The letter.
        letter: char,
        /// What it stands in.
        shorthands: String,
    },
    /// The value is missing.
    #[error("flag needs an argument: --{0}")]
    NeedsValue(String),
    /// The value of a one-letter flag is missing.
    #[error("flag needs an argument: {} in -{shorthands}", quote_char(*.letter))]
    ShorthandNeedsValue {
        /// The letter.
        letter: char,
        /// What it stands in.
        shorthands: String,
    },
    /// The value is malformed.
    #[error("invalid argument {} for {} flag: {cause}", quote(.value), quote(.flag))]
    Invalid {
        /// The value.
        value: String,
        /// The flag, as `-v, --v`.
        flag: String,
        /// What is wrong.
        cause: String,
    },
    /// Neither flag nor value, such as `--=x`.
    #[error("bad flag syntax: {0}")]
    Syntax(String),
}

fn quote_char(c: char) -> String {
    let quoted = quote(c.encode_utf8(&mut [0; 4]));
    let inner = &quoted[1..quoted.len() - 1];
    match c {
        '\'' => r"'\''".to_owned(),
        '"' => "'\"'".to_owned(),
        _ => format!("'{inner}'"),
    }
}

/// The flags of a component.
#[derive(Clone, Debug, Default)]
pub struct FlagSet {
    flags: Vec<Flag>,
}

impl FlagSet {
    /// Takes a table; the sections of the help have the order of their first flags.
    pub fn new(flags: impl IntoIterator<Item = Flag>) -> FlagSet {
        FlagSet { flags: flags.into_iter().collect() }
    }

    /// The flags in the table's order.
    pub fn flags(&self) -> &[Flag] {
        &self.flags
    }

    /// Parses a command line without the program's name.
    pub fn parse<S: AsRef<str>>(&self, args: &[S]) -> Result<Parsed, Error> {
        let mut parsed = Parsed::default();
        for flag in &self.flags {
            parsed.values.insert(flag.name, Value::default_of(flag));
        }
        let mut args = args.iter().map(AsRef::as_ref);
        while let Some(arg) = args.next() {
            match arg.strip_prefix("--") {
                Some("") => {
                    parsed.args.extend(args.by_ref().map(str::to_owned));
                }
                Some(_) => self.long(arg, &mut args, &mut parsed)?,
                None if arg.len() > 1 && arg.starts_with('-') => {
                    self.short(&arg[1..], &mut args, &mut parsed)?;
                }
                None => parsed.args.push(arg.to_owned()),
            }
        }
        Ok(parsed)
    }

    fn long<'a>(
        &self,
        arg: &'a str,
        args: &mut impl Iterator<Item = &'a str>,
        parsed: &mut Parsed,
    ) -> Result<(), Error> {
        let text = &arg[2..];
        if text.starts_with(['-', '=']) {
            return Err(Error::Syntax(arg.to_owned()));
        }
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let normal = name.replace('_', "-");
        let Some(flag) = self.flags.iter().find(|flag| flag.name == normal) else {
            return Err(if name == "help" { Error::Help } else { Error::Unknown(name.to_owned()) });
        };
        let no_value = flag.ty.no_value();
        let value = match value {
            Some(value) => value,
            None if !no_value.is_empty() => no_value,
            None => args.next().ok_or_else(|| Error::NeedsValue(name.to_owned()))?,
        };
        parsed.set(flag, value)
    }

    fn short<'a>(
        &self,
        arg: &'a str,
        args: &mut impl Iterator<Item = &'a str>,
        parsed: &mut Parsed,
    ) -> Result<(), Error> {
        let mut rest = arg;
        // pflag leaves the flags of Go's own tests alone.
        while !rest.is_empty() && !rest.starts_with("test.") {
            let shorthands = rest.to_owned();
            let letter = char::from(rest.as_bytes()[0]);
            let is_letter = |flag: &&Flag| flag.shorthand.as_bytes() == &rest.as_bytes()[..1];
            let Some(flag) = self.flags.iter().find(is_letter) else {
                return Err(if letter == 'h' {
                    Error::Help
                } else {
                    Error::UnknownShorthand { letter, shorthands }
                });
            };
            let after = &rest[1..];
            let no_value = flag.ty.no_value();
            let value = if after.len() > 1 && after.starts_with('=') {
                rest = "";
                &after[1..]
            } else if !no_value.is_empty() {
                rest = after;
                no_value
            } else if after.is_empty() {
                rest = "";
                args.next().ok_or(Error::ShorthandNeedsValue { letter, shorthands })?
            } else {
                rest = "";
                after
            };
            parsed.set(flag, value)?;
        }
        Ok(())
    }
}

/// A parsed command line. The getters panic on a flag that is not in the table or not of their
/// type: that is a mistake in the component, not in the command line.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    values: BTreeMap<&'static str, Value>,
    changed: Vec<&'static str>,
    /// What is no flag.
    pub args: Vec<String>,
    /// Lines for stderr about deprecated flags, in the order of their use.
    pub notes: Vec<String>,
}

impl Parsed {
    fn set(&mut self, flag: &Flag, text: &str) -> Result<(), Error> {
        let first = !self.changed(flag.name);
        let value = self.values.get_mut(flag.name).expect("every flag has a default");
        value.set(flag.ty, text, first).map_err(|cause| Error::Invalid {
            value: text.to_owned(),
            flag: if flag.shorthand.is_empty() {
                format!("--{}", flag.name)
            } else {
                format!("-{}, --{}", flag.shorthand, flag.name)
            },
            cause,
        })?;
        if first {
            self.changed.push(flag.name);
        }
        if !flag.deprecated.is_empty() {
            self.notes
                .push(format!("Flag --{} has been deprecated, {}", flag.name, flag.deprecated));
        }
        Ok(())
    }

    /// True if the command line has the flag.
    pub fn changed(&self, name: &str) -> bool {
        self.changed.contains(&name)
    }

    /// The flags that the command line has, in the order of their first use.
    pub fn changed_flags(&self) -> &[&'static str] {
        &self.changed
    }

    /// All flags of the set with their values, as pflag prints them.
    pub fn printed(&self, flags: &FlagSet) -> BTreeMap<String, String> {
        let print = |flag: &Flag| (flag.name.to_owned(), self.value(flag.name).print(flag.ty));
        flags.flags().iter().map(print).collect()
    }

    /// A flag's value.
    pub fn value(&self, name: &str) -> &Value {
        self.values.get(name).unwrap_or_else(|| panic!("flag accessed but not defined: {name}"))
    }

    /// A boolean flag.
    #[track_caller]
    pub fn bool(&self, name: &str) -> bool {
        match self.value(name) {
            Value::Bool(value) => *value,
            other => wrong(name, other),
        }
    }

    /// A flag of any integer type.
    #[track_caller]
    pub fn int(&self, name: &str) -> i64 {
        match self.value(name) {
            Value::Int(value) => *value,
            other => wrong(name, other),
        }
    }

    /// A flag of a float type.
    #[track_caller]
    pub fn float(&self, name: &str) -> f64 {
        match self.value(name) {
            Value::Float(value) => *value,
            other => wrong(name, other),
        }
    }

    /// A duration flag.
    #[track_caller]
    pub fn duration(&self, name: &str) -> Duration {
        match self.value(name) {
            Value::Duration(value) => *value,
            other => wrong(name, other),
        }
    }

    /// A flag of type `String` or `Custom`.
    #[track_caller]
    pub fn text(&self, name: &str) -> &str {
        match self.value(name) {
            Value::Text(value) => value,
            other => wrong(name, other),
        }
    }

    /// A flag of type `Strings` or `StringArray`.
    #[track_caller]
    pub fn list(&self, name: &str) -> &[String] {
        match self.value(name) {
            Value::List(value) => value,
            other => wrong(name, other),
        }
    }

    /// A flag of type `Int32Slice`.
    #[track_caller]
    pub fn ints(&self, name: &str) -> &[i32] {
        match self.value(name) {
            Value::Ints(value) => value,
            other => wrong(name, other),
        }
    }

    /// An address flag.
    #[track_caller]
    pub fn ip(&self, name: &str) -> Option<IpAddr> {
        match self.value(name) {
            Value::Ip(value) => *value,
            other => wrong(name, other),
        }
    }

    /// A flag of one of the map types.
    #[track_caller]
    pub fn map(&self, name: &str) -> &BTreeMap<String, String> {
        match self.value(name) {
            Value::Map(value) => value,
            other => wrong(name, other),
        }
    }

    /// A flag of type `MapStringBool`.
    #[track_caller]
    pub fn bool_map(&self, name: &str) -> &BTreeMap<String, bool> {
        match self.value(name) {
            Value::BoolMap(value) => value,
            other => wrong(name, other),
        }
    }

    /// A flag of type `Multimap`.
    #[track_caller]
    pub fn multimap(&self, name: &str) -> &BTreeMap<String, Vec<String>> {
        match self.value(name) {
            Value::Multimap(value) => value,
            other => wrong(name, other),
        }
    }

    /// A flag of type `NamedCertKeys`.
    #[track_caller]
    pub fn cert_keys(&self, name: &str) -> &[NamedCertKey] {
        match self.value(name) {
            Value::CertKeys(value) => value,
            other => wrong(name, other),
        }
    }
}

#[track_caller]
fn wrong(name: &str, value: &Value) -> ! {
    panic!("flag --{name} has another type: {value:?}")
}

#[cfg(test)]
mod tests;

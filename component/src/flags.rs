//! Upstream's flags, part by part: tables of facts, and what a wrong command line leads to.
//!
//! A table is a file of lines `section, name, type, default, note`, separated by tabs. The note is
//! `deprecated` or empty.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::process::ExitCode;

use pintle_machinery::flags::{Custom, Error, Flag, FlagSet, Parsed, Type};

use crate::version;

/// A part's command line.
pub struct Table {
    /// Upstream's name of the part.
    component: &'static str,
    flags: FlagSet,
}

/// kube-controller-manager's flags.
pub fn controller_manager() -> Table {
    let lines = include_str!("flags/kube-controller-manager.tsv");
    Table::read("kube-controller-manager", lines)
}

/// kube-scheduler's flags.
pub fn scheduler() -> Table {
    Table::read("kube-scheduler", include_str!("flags/kube-scheduler.tsv"))
}

impl Table {
    fn read(component: &'static str, lines: &'static str) -> Self {
        Self { component, flags: FlagSet::new(lines.lines().map(flag)) }
    }

    /// Parses a command line without the program's name. Help, version and errors are printed as
    /// upstream prints them, and end the program with the code given back.
    pub fn parse(&self, arguments: &[String]) -> Result<Parsed, ExitCode> {
        let parsed = match self.flags.parse(arguments) {
            Ok(parsed) => parsed,
            Err(Error::Help) => {
                print(&self.usage());
                return Err(ExitCode::SUCCESS);
            }
            Err(error) => return Err(fail(&format!("{}Error: {error}", self.usage()))),
        };
        match parsed.text("version") {
            "false" => {}
            "raw" => {
                print(&format!("{}\n", raw_version()));
                return Err(ExitCode::SUCCESS);
            }
            _ => {
                print(&format!("Kubernetes {}\n", version::RELEASE));
                return Err(ExitCode::SUCCESS);
            }
        }
        if !parsed.args.is_empty() {
            let words: Vec<String> =
                parsed.args.iter().map(|word| pintle_machinery::json::quote(word)).collect();
            let text = format!(
                "{:?} does not take any arguments, got [{}]",
                self.component,
                words.join(" ")
            );
            return Err(fail(&format!("Error: {text}")));
        }
        for note in &parsed.notes {
            note_line(note);
        }
        Ok(parsed)
    }

    /// All flags with their values, as pflag prints them.
    pub fn printed(&self, parsed: &Parsed) -> BTreeMap<String, String> {
        parsed.printed(&self.flags)
    }

    fn usage(&self) -> String {
        self.flags.help("", &format!("{} [flags]", self.component), 80)
    }
}

#[expect(clippy::print_stdout, reason = "help and version are what standard output is for")]
fn print(text: &str) {
    print!("{text}");
}

/// Says on standard error why the part does not start (`component-base/cli.Run`).
fn fail(text: &str) -> ExitCode {
    note_line(text);
    ExitCode::FAILURE
}

fn note_line(text: &str) {
    eprintln!("{text}");
}

/// `--version=raw`: the Go value that upstream prints.
fn raw_version() -> String {
    format!(
        "version.Info{{Major:\"1\", Minor:\"37\", EmulationMajor:\"\", EmulationMinor:\"\", \
         MinCompatibilityMajor:\"\", MinCompatibilityMinor:\"\", GitVersion:\"{}\", \
         GitCommit:\"{}\", GitTreeState:\"clean\", BuildDate:\"{}\", GoVersion:\"{}\", \
         Compiler:\"rustc\", Platform:\"{}\"}}",
        version::RELEASE,
        version::commit(),
        version::BUILD_DATE,
        version::GO_VERSION,
        version::platform(),
    )
}

fn flag(line: &'static str) -> Flag {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or("");
    let (section, name, ty, default, note) = (next(), next(), next(), next(), next());
    let deprecated =
        if note == "deprecated" { "it will be removed in a later release" } else { "" };
    Flag {
        name,
        shorthand: if name == "v" { "v" } else { "" },
        ty: type_of(ty),
        default: Cow::Borrowed(default),
        section,
        deprecated,
        ..Flag::NONE
    }
}

fn type_of(name: &str) -> Type {
    match name {
        "bool" => Type::Bool,
        "int" => Type::Int,
        "int32" => Type::Int32,
        "float32" => Type::Float32,
        "float" => Type::Float64,
        "duration" => Type::Duration,
        "strings" => Type::Strings,
        "stringArray" => Type::StringArray,
        "int32Slice" => Type::Int32Slice,
        "ip" => Type::Ip,
        "mapStringString" => Type::MapStringString,
        "stringToString" => Type::StringToString,
        "colonSeparatedMultimapStringString" => Type::Multimap,
        "namedCertKey" => Type::NamedCertKeys,
        "Level" => Type::Level,
        "version" => Type::Custom(&VERSION),
        "quantity" => Type::Custom(&QUANTITY),
        "vmodule" => Type::Custom(&MODULES),
        _ => Type::String,
    }
}

/// `--version`, `--version=raw` (`component-base/version/verflag`).
const VERSION: Custom = Custom { type_name: "version[=true]", no_value: "true", check: |_| Ok(()) };

const QUANTITY: Custom = Custom {
    type_name: "quantity",
    no_value: "",
    check: |text| {
        if text.is_empty() {
            return Ok(());
        }
        pintle_machinery::quantity::Quantity::parse(text).map(drop).map_err(|e| e.to_string())
    },
};

const MODULES: Custom = Custom {
    type_name: "pattern=N,...",
    no_value: "",
    check: |text| {
        let well_formed = |part: &str| {
            part.split_once('=').is_some_and(|(_, level)| level.parse::<u32>().is_ok())
        };
        if text.split(',').filter(|part| !part.is_empty()).all(well_formed) {
            Ok(())
        } else {
            Err("syntax error: expect comma-separated list of filename=N".into())
        }
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn every_line_of_every_table_is_a_flag_with_a_valid_default() {
        for table in [controller_manager(), scheduler()] {
            assert!(table.flags.flags().len() > 50);
            let parsed = table.flags.parse::<&str>(&[]).unwrap();
            assert!(!parsed.changed("v"));
        }
    }

    #[test]
    fn what_kubeadm_writes_is_understood() {
        let line = "--leader-elect=true --kubeconfig=/etc/kubernetes/scheduler.conf -v=4";
        let parsed = scheduler().flags.parse(&arguments(line)).unwrap();
        assert!(parsed.bool("leader-elect"));
        assert_eq!(parsed.text("kubeconfig"), "/etc/kubernetes/scheduler.conf");
        assert_eq!(parsed.int("v"), 4);
        assert_eq!(parsed.int("secure-port"), 10259);
    }
}

//! The help text: pflag's columns, component-base's sections.

use std::fmt::Write as _;

use super::{Flag, FlagSet, Type};
use crate::json::quote;

const INFALLIBLE: &str = "writing to a string never fails";

impl FlagSet {
    /// The whole help: description, usage line, sections (`SetUsageAndHelpFunc`). `columns` is the
    /// terminal's width, or 0 to wrap nothing.
    pub fn help(&self, description: &str, use_line: &str, columns: usize) -> String {
        format!("{description}\n\n{}", self.usage(use_line, columns))
    }

    /// Usage line and sections, as shown with an error.
    pub fn usage(&self, use_line: &str, columns: usize) -> String {
        format!("Usage:\n  {use_line}\n{}", self.sections(columns))
    }

    /// The flags by section (`PrintSections`).
    pub fn sections(&self, columns: usize) -> String {
        let mut sections: Vec<&str> = Vec::new();
        for flag in &self.flags {
            if !sections.contains(&flag.section) {
                sections.push(flag.section);
            }
        }
        // Upstream widens each section by a flag of this name, to have them all in line.
        let width = if columns > 24 { 6 + 2 + (columns - 24) + 4 + 1 } else { 0 };
        let mut out = String::new();
        for section in sections {
            let flags = self.flags.iter().filter(|flag| flag.section == section);
            let mut title = section.to_owned();
            if let Some(first) = title.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            write!(out, "\n{title} flags:\n\n{}", lines(flags, columns, width)).expect(INFALLIBLE);
        }
        out
    }

    /// All flags in one block (`FlagUsagesWrapped`).
    pub fn block(&self, columns: usize) -> String {
        lines(self.flags.iter(), columns, 0)
    }
}

fn lines<'a>(flags: impl Iterator<Item = &'a Flag>, columns: usize, width: usize) -> String {
    let mut flags: Vec<_> = flags.filter(|flag| !flag.hidden).collect();
    flags.sort_by_key(|flag| flag.name);
    let lines: Vec<_> = flags.into_iter().map(|flag| (left(flag), right(flag))).collect();
    // One more than the longest, as upstream measures with the separator.
    let widest = lines.iter().map(|(left, _)| left.len() + 1).max().unwrap_or(0).max(width);
    let mut out = String::new();
    for (left, right) in lines {
        let space = " ".repeat(widest - left.len());
        writeln!(out, "{left} {space} {}", wrap(widest + 2, columns, &right)).expect(INFALLIBLE);
    }
    out
}

/// Names and type.
fn left(flag: &Flag) -> String {
    let mut line = if flag.shorthand.is_empty() {
        format!("      --{}", flag.name)
    } else {
        format!("  -{}, --{}", flag.shorthand, flag.name)
    };
    let type_name = match back_quoted(&flag.usage) {
        Some((_, name, _)) => name,
        None => flag.ty.name(),
    };
    if !type_name.is_empty() {
        line.push(' ');
        line.push_str(type_name);
    }
    let no_value = flag.ty.no_value();
    if !(no_value.is_empty() || matches!(flag.ty, Type::Bool)) {
        write!(line, "[={no_value}]").expect(INFALLIBLE);
    }
    line
}

/// Usage, default, deprecation.
fn right(flag: &Flag) -> String {
    let mut line = match back_quoted(&flag.usage) {
        Some((before, name, after)) => format!("{before}{name}{after}"),
        None => flag.usage.to_string(),
    };
    if !flag.default_is_zero() {
        if matches!(flag.ty, Type::String) {
            write!(line, " (default {})", quote(&flag.default)).expect(INFALLIBLE);
        } else {
            write!(line, " (default {})", flag.default).expect(INFALLIBLE);
        }
    }
    if !flag.deprecated.is_empty() {
        write!(line, " (DEPRECATED: {})", flag.deprecated).expect(INFALLIBLE);
    }
    line
}

fn back_quoted(usage: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = usage.split_once('`')?;
    let (name, after) = rest.split_once('`')?;
    Some((before, name, after))
}

impl Flag {
    /// `Flag.defaultIsZeroValue`; an empty default counts as zero.
    fn default_is_zero(&self) -> bool {
        let default = self.default.as_ref();
        default.is_empty()
            || match self.ty {
                Type::Bool => default == "false",
                Type::Duration => matches!(default, "0" | "0s"),
                Type::Strings | Type::StringArray => default == "[]",
                Type::String => false,
                Type::Ip => default == "<nil>",
                _ => matches!(default, "false" | "<nil>" | "0"),
            }
    }
}

impl Type {
    /// The name in the help (`UnquoteUsage`).
    fn name(self) -> &'static str {
        match self {
            Type::Bool => "",
            Type::Tristate => "tristate",
            Type::Int | Type::Int64 => "int",
            Type::Int32 => "int32",
            Type::Uint => "uint",
            Type::Uint16 => "uint16",
            Type::Uint32 => "uint32",
            Type::Level => "Level",
            Type::Float32 => "float32",
            Type::Float64 => "float",
            Type::Duration => "duration",
            Type::String => "string",
            Type::Strings => "strings",
            Type::StringArray => "stringArray",
            Type::Int32Slice => "int32Slice",
            Type::Ip => "ip",
            Type::MapStringString | Type::ConfigurationMap | Type::LangleMap => "mapStringString",
            Type::MapStringBool => "mapStringBool",
            Type::StringToString => "stringToString",
            Type::Multimap => "colonSeparatedMultimapStringString",
            Type::NamedCertKeys => "namedCertKey",
            Type::Custom(custom) => custom.type_name,
        }
    }
}

/// pflag's `wrap`.
fn wrap(indent: usize, columns: usize, text: &str) -> String {
    let indented =
        |text: &str, indent: usize| text.replace('\n', &format!("\n{}", " ".repeat(indent)));
    if columns == 0 {
        return indented(text, indent);
    }
    let (mut indent, mut out) = (indent, String::new());
    if columns < indent + 24 {
        indent = 16;
        out = format!("\n{}", " ".repeat(indent));
    }
    if columns < indent + 24 {
        return text.replace('\n', &out);
    }
    let width = columns - indent - 5;
    let (line, mut rest) = wrap_line(width, text);
    out.push_str(&indented(line, indent));
    while !rest.is_empty() {
        let (line, after) = wrap_line(width, rest);
        write!(out, "\n{}{}", " ".repeat(indent), indented(line, indent)).expect(INFALLIBLE);
        rest = after;
    }
    out
}

/// pflag's `wrapN`: cuts a line at the last blank before `width`, if the rest is long enough.
fn wrap_line(width: usize, text: &str) -> (&str, &str) {
    if width + 5 > text.len() {
        return (text, "");
    }
    let mut end = width;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let Some(blank) = head.rfind([' ', '\t', '\n']).filter(|blank| *blank > 0) else {
        return (text, "");
    };
    let at = head.rfind('\n').filter(|newline| *newline > 0 && *newline < blank).unwrap_or(blank);
    (&text[..at], &text[at + 1..])
}

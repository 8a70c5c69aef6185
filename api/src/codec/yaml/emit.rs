//! Trees to YAML as goyaml's encoder and emitter lay it out: blocks, indented by two, folded at 80.

use pintle_machinery::{Number, Value};

use super::resolve::{Scalar, general, is_base60, resolve};
use super::sort;

/// Column after which a line is folded at the next blank.
const WIDTH: usize = 80;

pub(super) fn write(tree: &Value) -> Vec<u8> {
    let mut emitter =
        Emitter { out: String::new(), column: 0, indent: None, whitespace: true, indention: true };
    emitter.node(tree, Context::Root);
    emitter.indent = None;
    emitter.write_indent();
    emitter.out.into_bytes()
}

struct Emitter {
    out: String,
    column: usize,
    indent: Option<usize>,
    whitespace: bool,
    indention: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Context {
    Root,
    Item,
    Value,
    SimpleKey,
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
}

impl Emitter {
    fn node(&mut self, value: &Value, context: Context) {
        match value {
            Value::Null => self.scalar("null", Style::Plain, context),
            Value::Bool(true) => self.scalar("true", Style::Plain, context),
            Value::Bool(false) => self.scalar("false", Style::Plain, context),
            Value::Number(number) => {
                let text = number_text(number);
                self.scalar(&text, Style::Plain, context);
            }
            Value::String(text) => self.scalar(text, wanted_style(text), context),
            Value::Array(items) if items.is_empty() => self.indicator("[]", true, false, false),
            Value::Object(fields) if fields.is_empty() => self.indicator("{}", true, false, false),
            Value::Array(items) => self.sequence(items, context),
            Value::Object(fields) => self.mapping(fields),
        }
    }

    fn sequence(&mut self, items: &[Value], context: Context) {
        let outer = self.indent;
        let indentless = context == Context::Value && !self.indention;
        self.increase_indent(indentless);
        for item in items {
            self.write_indent();
            self.indicator("-", true, false, true);
            self.node(item, Context::Item);
        }
        self.indent = outer;
    }

    fn mapping(&mut self, fields: &crate::codec::canonical::Fields) {
        let outer = self.indent;
        self.increase_indent(false);
        let entries = fields.iter().map(|(key, value)| (key.as_str(), value)).collect();
        for (key, value) in sort::sort(entries) {
            self.write_indent();
            let simple = key.len() <= 128 && !key.chars().any(is_break);
            if simple {
                self.scalar(key, wanted_style(key), Context::SimpleKey);
                self.indicator(":", false, false, false);
            } else {
                self.indicator("?", true, false, true);
                self.scalar(key, wanted_style(key), Context::Value);
                self.write_indent();
                self.indicator(":", true, false, true);
            }
            self.node(value, Context::Value);
        }
        self.indent = outer;
    }

    fn increase_indent(&mut self, indentless: bool) {
        self.indent = match self.indent {
            None => Some(0),
            Some(indent) if indentless => Some(indent),
            Some(indent) => Some(indent + 2),
        };
    }

    fn scalar(&mut self, text: &str, wanted: Style, context: Context) {
        let simple_key = context == Context::SimpleKey;
        let chars: Vec<char> = text.chars().collect();
        // Goyaml raises the indentation for the lines of a scalar.
        let outer = self.indent;
        self.increase_indent(false);
        match select_style(&chars, wanted, simple_key) {
            Style::Plain => self.plain(&chars, !simple_key),
            Style::SingleQuoted => self.single_quoted(&chars, !simple_key),
            Style::DoubleQuoted => self.double_quoted(&chars, !simple_key),
            Style::Literal => self.literal(&chars),
        }
        self.indent = outer;
    }

    fn put(&mut self, c: char) {
        self.out.push(c);
        self.column += 1;
    }

    fn put_break(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    fn write_break(&mut self, c: char) {
        self.out.push(c);
        self.column = 0;
    }

    fn write_indent(&mut self) {
        let indent = self.indent.unwrap_or_default();
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.put_break();
        }
        while self.column < indent {
            self.put(' ');
        }
        self.whitespace = true;
        self.indention = true;
    }

    fn indicator(&mut self, text: &str, spaced: bool, whitespace: bool, indention: bool) {
        if spaced && !self.whitespace {
            self.put(' ');
        }
        text.chars().for_each(|c| self.put(c));
        self.whitespace = whitespace;
        self.indention = self.indention && indention;
    }

    fn plain(&mut self, chars: &[char], allow_breaks: bool) {
        if !self.whitespace {
            self.put(' ');
        }
        self.folded(chars, allow_breaks, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn single_quoted(&mut self, chars: &[char], allow_breaks: bool) {
        self.indicator("'", true, false, false);
        self.folded(chars, allow_breaks, true);
        self.indicator("'", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    /// The inside of a plain or single quoted scalar.
    fn folded(&mut self, chars: &[char], allow_breaks: bool, quoted: bool) {
        let (mut spaces, mut breaks) = (false, false);
        for (at, &c) in chars.iter().enumerate() {
            if c == ' ' {
                let inner = !quoted || at > 0 && at + 1 < chars.len();
                let last = chars.get(at + 1) != Some(&' ');
                if allow_breaks && !spaces && self.column > WIDTH && inner && last {
                    self.write_indent();
                } else {
                    self.put(c);
                }
                spaces = true;
            } else if is_break(c) {
                if !breaks && c == '\n' {
                    self.put_break();
                }
                self.write_break(c);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                if quoted && c == '\'' {
                    self.put('\'');
                }
                self.put(c);
                self.indention = false;
                (spaces, breaks) = (false, false);
            }
        }
    }

    fn double_quoted(&mut self, chars: &[char], allow_breaks: bool) {
        self.indicator("\"", true, false, false);
        let mut spaces = false;
        // Upstream looks for a byte order mark at the start, whichever character it is about.
        let marked = chars.first() == Some(&'\u{feff}');
        for (at, &c) in chars.iter().enumerate() {
            if marked || !is_printable(c) || is_break(c) || c == '"' || c == '\\' {
                self.escape(c);
                spaces = false;
            } else if c == ' ' {
                let inner = at > 0 && at + 1 < chars.len();
                if allow_breaks && !spaces && self.column > WIDTH && inner {
                    self.write_indent();
                    if chars.get(at + 1) == Some(&' ') {
                        self.put('\\');
                    }
                } else {
                    self.put(c);
                }
                spaces = true;
            } else {
                self.put(c);
                spaces = false;
            }
        }
        self.indicator("\"", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn escape(&mut self, c: char) {
        let code = u32::from(c);
        let text = match c {
            '\0' => "0".to_owned(),
            '\u{7}' => "a".to_owned(),
            '\u{8}' => "b".to_owned(),
            '\t' => "t".to_owned(),
            '\n' => "n".to_owned(),
            '\u{b}' => "v".to_owned(),
            '\u{c}' => "f".to_owned(),
            '\r' => "r".to_owned(),
            '\u{1b}' => "e".to_owned(),
            '"' | '\\' => c.to_string(),
            '\u{85}' => "N".to_owned(),
            '\u{a0}' => "_".to_owned(),
            '\u{2028}' => "L".to_owned(),
            '\u{2029}' => "P".to_owned(),
            _ if code <= 0xff => format!("x{code:02X}"),
            _ if code <= 0xffff => format!("u{code:04X}"),
            _ => format!("U{code:08X}"),
        };
        self.put('\\');
        text.chars().for_each(|c| self.put(c));
    }

    fn literal(&mut self, chars: &[char]) {
        self.indicator("|", true, false, false);
        if chars.first().is_some_and(|&c| c == ' ' || is_break(c)) {
            self.indicator("2", false, false, false);
        }
        match chars {
            [.., before, last] if is_break(*last) && is_break(*before) => {
                self.indicator("+", false, false, false);
            }
            [last] if is_break(*last) => self.indicator("+", false, false, false),
            [.., last] if is_break(*last) => {}
            _ => self.indicator("-", false, false, false),
        }
        self.put_break();
        self.indention = true;
        self.whitespace = true;
        let mut breaks = true;
        for &c in chars {
            if is_break(c) {
                self.write_break(c);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                self.put(c);
                self.indention = false;
                breaks = false;
            }
        }
    }
}

/// The style that goyaml's encoder asks for.
fn wanted_style(text: &str) -> Style {
    if text.contains('\n') {
        Style::Literal
    } else if matches!(resolve(text), Scalar::String(_)) && text != "<<" && !is_base60(text) {
        Style::Plain
    } else {
        Style::DoubleQuoted
    }
}

/// What a scalar's characters allow (`yaml_emitter_analyze_scalar`).
struct Analysis {
    plain: bool,
    single_quoted: bool,
    block: bool,
    multiline: bool,
}

fn select_style(chars: &[char], wanted: Style, simple_key: bool) -> Style {
    let allowed = analyze(chars);
    let mut style = wanted;
    if simple_key && allowed.multiline {
        style = Style::DoubleQuoted;
    }
    if style == Style::Plain && (!allowed.plain || chars.is_empty() && simple_key) {
        style = Style::SingleQuoted;
    }
    if style == Style::SingleQuoted && !allowed.single_quoted {
        style = Style::DoubleQuoted;
    }
    if style == Style::Literal && (!allowed.block || simple_key) {
        style = Style::DoubleQuoted;
    }
    style
}

fn analyze(chars: &[char]) -> Analysis {
    let Some(&first) = chars.first() else {
        return Analysis { plain: true, single_quoted: true, block: false, multiline: false };
    };
    let last = chars[chars.len() - 1];
    let is = |at: usize, test: fn(char) -> bool| chars.get(at).is_some_and(|&c| test(c));
    let special = chars.iter().any(|&c| !is_printable(c));
    let line_breaks = chars.iter().any(|&c| is_break(c));
    let break_space = chars.windows(2).any(|pair| is_break(pair[0]) && pair[1] == ' ');
    let space_break = chars.windows(2).any(|pair| pair[0] == ' ' && is_break(pair[1]));
    let marker = matches!(chars, ['-', '-', '-', ..] | ['.', '.', '.', ..]);
    let leading = first == ' ' || is_break(first);
    let trailing = last == ' ' || is_break(last);
    let blank_or_end = |at: usize| at >= chars.len() || is(at, is_blank);
    let indicators = chars.iter().enumerate().any(|(at, &c)| match (at, c) {
        (0, '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"') => true,
        (0, c) if "%@`".contains(c) => true,
        (0, '?' | '-') | (_, ':') => blank_or_end(at + 1),
        (at, '#') => is(at - 1, is_blank) || is(at - 1, is_break),
        _ => false,
    });
    let wild = space_break || special;
    Analysis {
        plain: !(leading || trailing || break_space || wild || line_breaks || indicators || marker),
        single_quoted: !(break_space || wild),
        block: !(last == ' ' || wild),
        multiline: line_breaks,
    }
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t'
}

fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What goyaml prints as it is; characters beyond the basic plane are not among it.
fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
        && c != '\u{feff}'
}

/// A number as it comes through JSON, where whole floats become integers if they fit.
fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => {
            let whole = float.fract() == 0.0 && (-TWO_63..2.0 * TWO_63).contains(&float);
            if whole { format!("{float}") } else { general(&format!("{float:e}")) }
        }
        _ => number.to_string(),
    }
}

const TWO_63: f64 = 9_223_372_036_854_775_808.0;

//! Reads the declarations of a Go package: structures, named types, constants and their markers.
//!
//! The sources are gofmt'ed, so that going line by line is enough.

use std::collections::BTreeMap;
use std::path::Path;

/// What a Go package declares, as far as the catalog cares.
#[derive(Debug, Default)]
pub(crate) struct Package {
    /// Import path, such as `k8s.io/api/core/v1`.
    pub(crate) path: String,
    /// Declared types by name.
    pub(crate) types: BTreeMap<String, TypeDecl>,
    /// String constants.
    pub(crate) constants: Vec<Constant>,
    /// OpenAPI definition names by type name.
    pub(crate) models: BTreeMap<String, String>,
    /// Text of `register.go`, if there is one.
    pub(crate) register: String,
}

/// A declared type.
#[derive(Debug)]
pub(crate) struct TypeDecl {
    /// What it is.
    pub(crate) body: Body,
    /// Marker comments without their `+`.
    pub(crate) markers: Vec<String>,
}

/// What a declared type is.
#[derive(Debug)]
pub(crate) enum Body {
    /// `type X struct {..}`.
    Struct(Vec<GoField>),
    /// `type X Y`.
    Named(TypeExpr),
    /// `type X = Y`.
    Alias(TypeExpr),
}

/// A field as it is written.
#[derive(Debug)]
pub(crate) struct GoField {
    /// Go name; the type's name if it is embedded.
    pub(crate) name: String,
    /// Written without a name.
    pub(crate) embedded: bool,
    /// Its type.
    pub(crate) ty: TypeExpr,
    /// The text between the back quotes.
    pub(crate) tag: String,
    /// Marker comments without their `+`.
    pub(crate) markers: Vec<String>,
}

/// A type expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TypeExpr {
    /// A predeclared type such as `string`.
    Builtin(String),
    /// A declared type: import path and name.
    Named(String, String),
    /// `*T`.
    Pointer(Box<TypeExpr>),
    /// `[]T`.
    Slice(Box<TypeExpr>),
    /// `map[K]V`.
    Map(Box<TypeExpr>, Box<TypeExpr>),
    /// `interface{}` or `any`.
    Any,
    /// What no API type uses, as written.
    Other(String),
}

/// A string constant.
#[derive(Debug)]
pub(crate) struct Constant {
    /// Its name.
    pub(crate) name: String,
    /// Name of its type; empty if it has none.
    pub(crate) ty: String,
    /// Its value.
    pub(crate) value: String,
}

const BUILTINS: &[&str] =
    &["bool", "byte", "float64", "int", "int32", "int64", "string", "uint32", "uint64"];

/// Reads the package at `folder`.
pub(crate) fn read(path: &str, folder: &Path) -> Result<Package, String> {
    let mut package = Package { path: path.to_owned(), ..Package::default() };
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    files.sort();
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let is_go = file.extension().is_some_and(|extension| extension == "go");
        if !is_go || name.ends_with("_test.go") || name == "generated.pb.go" {
            continue;
        }
        let text = super::read_text(&file)?;
        if name == "zz_generated.model_name.go" {
            read_models(&text, &mut package.models);
        } else if !name.starts_with("zz_generated") && !name.ends_with("doc_generated.go") {
            if name == "register.go" {
                package.register.clone_from(&text);
            }
            Reader::new(&text, &mut package).run();
        }
    }
    Ok(package)
}

/// Value of a marker such as `listType`; an empty string if the marker has no value.
pub(crate) fn marker<'a>(markers: &'a [String], name: &str) -> Option<&'a str> {
    markers.iter().find_map(|marker| marker_value(marker, name))
}

/// Values of a marker that may be repeated.
pub(crate) fn marker_values(markers: &[String], name: &str) -> Vec<String> {
    markers.iter().filter_map(|m| marker_value(m, name)).map(str::to_owned).collect()
}

fn marker_value<'a>(marker: &'a str, name: &str) -> Option<&'a str> {
    let rest = marker.strip_prefix(name)?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix('=').map(str::trim) }
}

/// Value of a key of a struct tag.
pub(crate) fn tag<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let mut rest = tag.trim();
    while let Some((name, after)) = rest.split_once(":\"") {
        let (value, after) = after.split_once('"')?;
        if name == key {
            return Some(value);
        }
        rest = after.trim_start();
    }
    None
}

fn read_models(text: &str, models: &mut BTreeMap<String, String>) {
    let mut current = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("func (in ") {
            current = rest.split(')').next().map(str::to_owned);
        } else if let Some(rest) = line.trim().strip_prefix("return \"")
            && let Some(name) = current.take()
        {
            models.insert(name, rest.trim_end_matches('"').to_owned());
        }
    }
}

struct Reader<'a> {
    lines: std::iter::Peekable<std::str::Lines<'a>>,
    package: &'a mut Package,
    imports: BTreeMap<String, String>,
    /// Markers of the comment that ends on the line above.
    near: Vec<String>,
    /// Markers of the comment before that, one blank line apart.
    far: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, package: &'a mut Package) -> Self {
        let lines = text.lines().peekable();
        Self { lines, package, imports: BTreeMap::new(), near: Vec::new(), far: Vec::new() }
    }

    fn run(mut self) {
        while let Some(line) = self.lines.next() {
            if self.comment(line) {
                continue;
            }
            if line == "import (" {
                self.imports();
            } else if let Some(rest) = line.strip_prefix("import ") {
                self.import(rest);
            } else if line == "const (" {
                self.constants();
            } else if let Some(rest) = line.strip_prefix("const ") {
                self.constant(rest);
            } else if let Some(rest) = line.strip_prefix("type ") {
                self.declaration(rest);
            }
            self.near.clear();
            self.far.clear();
        }
    }

    /// Takes in comments and blank lines; false if the line is neither.
    fn comment(&mut self, line: &str) -> bool {
        let line = line.trim();
        if line.is_empty() {
            self.far = std::mem::take(&mut self.near);
        } else if let Some(text) = line.strip_prefix("//") {
            if let Some(marker) = text.trim().strip_prefix('+') {
                self.near.push(marker.to_owned());
            }
        } else if line.starts_with("/*") {
            let mut last = line;
            while !last.contains("*/") {
                let Some(next) = self.lines.next() else { break };
                last = next;
            }
        } else {
            return false;
        }
        true
    }

    fn imports(&mut self) {
        for line in self.lines.by_ref() {
            if line == ")" {
                break;
            }
            Self::add_import(&mut self.imports, line.trim());
        }
    }

    fn import(&mut self, text: &str) {
        Self::add_import(&mut self.imports, text);
    }

    fn add_import(imports: &mut BTreeMap<String, String>, line: &str) {
        let Some((alias, rest)) = line.split_once('"') else { return };
        let path = rest.trim_end_matches('"');
        let alias = match alias.trim() {
            "" => path.rsplit('/').next().unwrap_or(path),
            alias => alias,
        };
        imports.insert(alias.to_owned(), path.to_owned());
    }

    fn constants(&mut self) {
        while let Some(line) = self.lines.next() {
            if line == ")" {
                break;
            }
            if !self.comment(line) {
                self.constant(line.trim());
            }
        }
    }

    fn constant(&mut self, text: &str) {
        let Some((left, right)) = text.split_once('=') else { return };
        let mut words = left.split_whitespace();
        let Some(name) = words.next() else { return };
        let mut ty = words.next().unwrap_or_default().to_owned();
        let right = right.trim();
        let value = if let Some((cast, rest)) = right.split_once('"') {
            if let Some(cast) = cast.strip_suffix('(') {
                cast.clone_into(&mut ty);
            }
            rest.split('"').next().map(str::to_owned)
        } else {
            let known = self.package.constants.iter().find(|constant| constant.name == right);
            known.map(|constant| constant.value.clone())
        };
        if let Some(value) = value {
            self.package.constants.push(Constant { name: name.to_owned(), ty, value });
        }
    }

    fn declaration(&mut self, text: &str) {
        let mut markers = std::mem::take(&mut self.far);
        markers.append(&mut self.near);
        let Some((name, rest)) = text.split_once(' ') else { return };
        let rest = rest.split(" //").next().unwrap_or(rest).trim();
        let body = if rest == "struct {" {
            Body::Struct(self.fields())
        } else if rest == "struct{}" {
            Body::Struct(Vec::new())
        } else if let Some(alias) = rest.strip_prefix("= ") {
            Body::Alias(self.expression(alias))
        } else {
            Body::Named(self.expression(rest))
        };
        self.package.types.entry(name.to_owned()).or_insert(TypeDecl { body, markers });
    }

    fn fields(&mut self) -> Vec<GoField> {
        let mut fields = Vec::new();
        while let Some(line) = self.lines.next() {
            if line == "}" {
                break;
            }
            if self.comment(line) {
                continue;
            }
            let mut text = line.trim().to_owned();
            while text.matches('`').count() == 1 {
                let Some(next) = self.lines.next() else { break };
                text.push(' ');
                text.push_str(next.trim());
            }
            let markers = std::mem::take(&mut self.near);
            self.far.clear();
            fields.push(self.field(&text, markers));
        }
        fields
    }

    fn field(&self, text: &str, markers: Vec<String>) -> GoField {
        let mut parts = text.splitn(3, '`');
        let declared = parts.next().unwrap_or_default();
        let tag = parts.next().unwrap_or_default().to_owned();
        let declared = declared.split("//").next().unwrap_or_default().trim();
        let (name, ty) = match declared.split_once(char::is_whitespace) {
            Some((name, ty)) => (name, ty.trim()),
            None => ("", declared),
        };
        let embedded = name.is_empty();
        let name = if embedded { ty.rsplit('.').next().unwrap_or(ty) } else { name };
        GoField { name: name.to_owned(), embedded, ty: self.expression(ty), tag, markers }
    }

    fn expression(&self, text: &str) -> TypeExpr {
        if let Some(rest) = text.strip_prefix('*') {
            return TypeExpr::Pointer(Box::new(self.expression(rest)));
        }
        if let Some(rest) = text.strip_prefix("[]") {
            return TypeExpr::Slice(Box::new(self.expression(rest)));
        }
        if let Some((key, value)) = text.strip_prefix("map[").and_then(|rest| rest.split_once(']'))
        {
            let (key, value) = (self.expression(key), self.expression(value));
            return TypeExpr::Map(Box::new(key), Box::new(value));
        }
        if text == "interface{}" || text == "any" {
            return TypeExpr::Any;
        }
        let is_name = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        match text.split_once('.') {
            Some((alias, name)) if is_name(alias) && is_name(name) => {
                match self.imports.get(alias) {
                    Some(path) => TypeExpr::Named(path.clone(), name.to_owned()),
                    None => TypeExpr::Other(text.to_owned()),
                }
            }
            None if BUILTINS.contains(&text) => TypeExpr::Builtin(text.to_owned()),
            None if is_name(text) => TypeExpr::Named(self.package.path.clone(), text.to_owned()),
            _ => TypeExpr::Other(text.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests;

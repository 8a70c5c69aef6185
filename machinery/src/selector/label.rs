//! Label selectors (`labels.Parse`, `metav1.LabelSelectorAsSelector`).

use std::fmt;

use crate::field::{ErrorType, Errors, FieldError, Path};
use crate::json::quote;
use crate::path::ValueExt;
use crate::{Map, Value, name};

/// Why a text or struct is not a label selector; prints upstream's text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SelectorError(String);

/// How a requirement compares (`selection.Operator`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `!key`.
    DoesNotExist,
    /// `key=value`.
    Equals,
    /// `key==value`.
    DoubleEquals,
    /// `key in (a,b)`.
    In,
    /// `key!=value`.
    NotEquals,
    /// `key notin (a,b)`.
    NotIn,
    /// `key`.
    Exists,
    /// `key>1`.
    GreaterThan,
    /// `key<1`.
    LessThan,
}

/// One condition on one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The label.
    pub key: String,
    /// The comparison.
    pub operator: Operator,
    /// What to compare with; sorted where it came from a text.
    pub values: Vec<String>,
}

impl Requirement {
    /// A checked requirement (`labels.NewRequirement`).
    pub fn new(
        key: impl Into<String>,
        operator: Operator,
        values: Vec<String>,
    ) -> Result<Requirement, SelectorError> {
        let key = key.into();
        let mut errors = Errors::new();
        errors.extend(key_error(&key, "key"));
        let path = Path::new("values");
        let wrong_number = match operator {
            Operator::In | Operator::NotIn if values.is_empty() => {
                Some("for 'in', 'notin' operators, values set can't be empty")
            }
            Operator::Equals | Operator::DoubleEquals | Operator::NotEquals
                if values.len() != 1 =>
            {
                Some("exact-match compatibility requires one single value")
            }
            Operator::Exists | Operator::DoesNotExist if !values.is_empty() => {
                Some("values set must be empty for exists and does not exist")
            }
            Operator::GreaterThan | Operator::LessThan if values.len() != 1 => {
                Some("for 'Gt', 'Lt' operators, exactly one value is required")
            }
            _ => None,
        };
        if let Some(detail) = wrong_number {
            errors.invalid(path, Value::from(values.clone()), detail);
        }
        if matches!(operator, Operator::GreaterThan | Operator::LessThan) {
            for (i, value) in values.iter().enumerate() {
                if value.parse::<i64>().is_err() {
                    let detail = "for 'Gt', 'Lt' operators, the value must be an integer";
                    errors.invalid(path.index(i), value, detail);
                }
            }
        }
        for (i, value) in values.iter().enumerate() {
            let messages = name::label_value(value);
            if !messages.is_empty() {
                errors.invalid(path.index(i).key(&key), value, messages.join("; "));
            }
        }
        match errors.aggregate() {
            Some(text) => Err(SelectorError(text)),
            None => Ok(Requirement { key, operator, values }),
        }
    }

    /// True if the label, or its absence, meets the requirement.
    pub fn matches(&self, label: Option<&str>) -> bool {
        let has = |label: &str| self.values.iter().any(|value| value == label);
        match self.operator {
            Operator::In | Operator::Equals | Operator::DoubleEquals => label.is_some_and(has),
            Operator::NotIn | Operator::NotEquals => !label.is_some_and(has),
            Operator::Exists => label.is_some(),
            Operator::DoesNotExist => label.is_none(),
            Operator::GreaterThan | Operator::LessThan => {
                let number = |text: &str| text.parse::<i64>().ok();
                let (Some(label), [value]) = (label.and_then(number), self.values.as_slice())
                else {
                    return false;
                };
                number(value).is_some_and(|value| {
                    if self.operator == Operator::GreaterThan {
                        label > value
                    } else {
                        label < value
                    }
                })
            }
        }
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut values = self.values.clone();
        values.sort();
        let (key, values) = (&self.key, values.join(","));
        match self.operator {
            Operator::Exists => f.write_str(key),
            Operator::DoesNotExist => write!(f, "!{key}"),
            Operator::Equals => write!(f, "{key}={values}"),
            Operator::DoubleEquals => write!(f, "{key}=={values}"),
            Operator::NotEquals => write!(f, "{key}!={values}"),
            Operator::GreaterThan => write!(f, "{key}>{values}"),
            Operator::LessThan => write!(f, "{key}<{values}"),
            Operator::In => write!(f, "{key} in ({values})"),
            Operator::NotIn => write!(f, "{key} notin ({values})"),
        }
    }
}

/// A conjunction of requirements sorted by key, or nothing at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSelector {
    /// None selects nothing.
    requirements: Option<Vec<Requirement>>,
}

impl LabelSelector {
    /// Selects everything.
    pub const EVERYTHING: LabelSelector = LabelSelector { requirements: Some(Vec::new()) };
    /// Selects nothing.
    pub const NOTHING: LabelSelector = LabelSelector { requirements: None };

    /// A selector of requirements.
    pub fn new(mut requirements: Vec<Requirement>) -> LabelSelector {
        requirements.sort_by(|a, b| a.key.cmp(&b.key));
        LabelSelector { requirements: Some(requirements) }
    }

    /// Parses a selector's text (`labels.Parse`); the empty text selects everything.
    pub fn parse(text: &str) -> Result<LabelSelector, SelectorError> {
        Parser { tokens: scan(text), position: 0 }
            .parse()
            .map(LabelSelector::new)
            .map_err(SelectorError)
    }

    /// Takes a `meta/v1.LabelSelector` (`LabelSelectorAsSelector`): absent or null selects nothing,
    /// empty selects everything.
    pub fn from_value(value: Option<&Value>) -> Result<LabelSelector, SelectorError> {
        let Some(value) = value.filter(|value| !value.is_null()) else {
            return Ok(LabelSelector::NOTHING);
        };
        let mut requirements = Vec::new();
        for (key, value) in value.map_at(&["matchLabels"]).into_iter().flatten() {
            let values = vec![value.as_str().unwrap_or_default().to_owned()];
            requirements.push(Requirement::new(key, Operator::Equals, values)?);
        }
        for expression in value.list_at(&["matchExpressions"]) {
            let operator = match expression.str_at(&["operator"]).unwrap_or_default() {
                "In" => Operator::In,
                "NotIn" => Operator::NotIn,
                "Exists" => Operator::Exists,
                "DoesNotExist" => Operator::DoesNotExist,
                other => {
                    let message =
                        format!("{} is not a valid label selector operator", quote(other));
                    return Err(SelectorError(message));
                }
            };
            let values = expression
                .list_at(&["values"])
                .iter()
                .map(|value| value.as_str().unwrap_or_default().to_owned())
                .collect();
            let key = expression.str_at(&["key"]).unwrap_or_default();
            requirements.push(Requirement::new(key, operator, values)?);
        }
        Ok(LabelSelector::new(requirements))
    }

    /// A selector for exactly these labels, as `spec.selector` of a ReplicationController or Service
    /// means it (`SelectorFromSet`); no labels select everything.
    pub fn from_map(labels: &Map<String, Value>) -> LabelSelector {
        let requirement = |(key, value): (&String, &Value)| Requirement {
            key: key.clone(),
            operator: Operator::Equals,
            values: vec![value.as_str().unwrap_or_default().to_owned()],
        };
        LabelSelector::new(labels.iter().map(requirement).collect())
    }

    /// The requirements; None if nothing is selected.
    pub fn requirements(&self) -> Option<&[Requirement]> {
        self.requirements.as_deref()
    }

    /// True if everything is selected.
    pub fn is_empty(&self) -> bool {
        self.requirements.as_ref().is_some_and(Vec::is_empty)
    }

    /// True if labels, as `label` looks them up, match.
    pub fn matches_with<'a>(&self, mut label: impl FnMut(&str) -> Option<&'a str>) -> bool {
        self.requirements.as_ref().is_some_and(|list| list.iter().all(|r| r.matches(label(&r.key))))
    }

    /// True if an object's `metadata.labels` match; None has no labels.
    pub fn matches(&self, labels: Option<&Map<String, Value>>) -> bool {
        self.matches_with(|key| labels.and_then(|labels| labels.get(key)).and_then(Value::as_str))
    }

    /// The value that a label must have, if the first requirement of it says so.
    pub fn requires_exact_match(&self, key: &str) -> Option<&str> {
        let requirement = self.requirements.as_ref()?.iter().find(|r| r.key == key)?;
        match (requirement.operator, requirement.values.as_slice()) {
            (Operator::Equals | Operator::DoubleEquals | Operator::In, [value]) => Some(value),
            _ => None,
        }
    }
}

impl fmt::Display for LabelSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, requirement) in self.requirements.iter().flatten().enumerate() {
            write!(f, "{}{requirement}", if i == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

fn key_error(key: &str, path: &str) -> Option<FieldError> {
    let messages = name::qualified_name(key);
    (!messages.is_empty())
        .then(|| FieldError::new(ErrorType::Invalid, path, key, messages.join("; ")))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Error,
    End,
    Close,
    Comma,
    Not,
    DoubleEquals,
    Equals,
    Greater,
    Identifier,
    In,
    Less,
    NotEquals,
    NotIn,
    Open,
}

fn symbol(text: &str) -> Option<Token> {
    Some(match text {
        ")" => Token::Close,
        "," => Token::Comma,
        "!" => Token::Not,
        "==" => Token::DoubleEquals,
        "=" => Token::Equals,
        ">" => Token::Greater,
        "<" => Token::Less,
        "!=" => Token::NotEquals,
        "(" => Token::Open,
        _ => return None,
    })
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'=' | b'!' | b'(' | b')' | b',' | b'>' | b'<')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Splits a text into tokens; the last one is always the end. A zero byte ends the text.
fn scan(text: &str) -> Vec<(Token, String)> {
    let mut rest = text.split('\0').next().unwrap_or_default();
    let mut tokens = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let Some(first) = rest.bytes().next() else {
            tokens.push((Token::End, String::new()));
            return tokens;
        };
        if is_special(first) {
            let length =
                if matches!(rest.as_bytes().get(..2), Some(b"==" | b"!=")) { 2 } else { 1 };
            let token = symbol(&rest[..length]).unwrap_or(Token::Error);
            tokens.push((token, rest[..length].to_owned()));
            rest = &rest[length..];
        } else {
            let ends = |byte: u8| is_special(byte) || is_space(byte);
            let length = rest.bytes().position(ends).unwrap_or(rest.len());
            let token = match &rest[..length] {
                "in" => Token::In,
                "notin" => Token::NotIn,
                _ => Token::Identifier,
            };
            tokens.push((token, rest[..length].to_owned()));
            rest = &rest[length..];
        }
    }
}

struct Parser {
    tokens: Vec<(Token, String)>,
    position: usize,
}

impl Parser {
    /// The next token; `in` and `notin` are identifiers but after a key.
    fn peek(&self) -> (Token, &str) {
        let (token, text) = &self.tokens[self.position];
        let token = match token {
            Token::In | Token::NotIn => Token::Identifier,
            token => *token,
        };
        (token, text)
    }

    fn next(&mut self) -> (Token, String) {
        let (token, text) = self.peek();
        let next = (token, text.to_owned());
        // The end is never passed.
        self.position = (self.position + 1).min(self.tokens.len() - 1);
        next
    }

    fn parse(mut self) -> Result<Vec<Requirement>, String> {
        let mut requirements = Vec::new();
        loop {
            match self.peek() {
                (Token::Identifier | Token::Not, _) => {
                    let requirement = self.requirement();
                    requirements.push(
                        requirement.map_err(|e| format!("unable to parse requirement: {e}"))?,
                    );
                    match self.next() {
                        (Token::End, _) => return Ok(requirements),
                        (Token::Comma, _) => {
                            let (token, text) = self.peek();
                            if !matches!(token, Token::Identifier | Token::Not) {
                                return Err(format!(
                                    "found '{text}', expected: identifier after ','"
                                ));
                            }
                        }
                        (_, text) => {
                            return Err(format!(
                                "found '{text}', expected: ',' or 'end of string'"
                            ));
                        }
                    }
                }
                (Token::End, _) => return Ok(requirements),
                (_, text) => {
                    return Err(format!(
                        "found '{text}', expected: !, identifier, or 'end of string'"
                    ));
                }
            }
        }
    }

    fn requirement(&mut self) -> Result<Requirement, String> {
        let (mut token, mut key) = self.next();
        let negated = token == Token::Not;
        if negated {
            (token, key) = self.next();
        }
        if token != Token::Identifier {
            return Err(format!("found '{key}', expected: identifier"));
        }
        // Upstream has no path here, and says so.
        if let Some(error) = key_error(&key, "<nil>") {
            return Err(error.to_string());
        }
        let made = |operator, values| {
            Requirement::new(key.as_str(), operator, values).map_err(|SelectorError(text)| text)
        };
        if negated {
            return made(Operator::DoesNotExist, Vec::new());
        }
        if matches!(self.peek().0, Token::End | Token::Comma) {
            return made(Operator::Exists, Vec::new());
        }
        let operator = self.operator()?;
        let mut values = match operator {
            Operator::In | Operator::NotIn => self.values()?,
            _ => vec![self.exact_value()?],
        };
        values.sort();
        values.dedup();
        made(operator, values)
    }

    fn operator(&mut self) -> Result<Operator, String> {
        let token = self.tokens[self.position].0;
        let (_, text) = self.next();
        Ok(match token {
            Token::In => Operator::In,
            Token::Equals => Operator::Equals,
            Token::DoubleEquals => Operator::DoubleEquals,
            Token::Greater => Operator::GreaterThan,
            Token::Less => Operator::LessThan,
            Token::NotIn => Operator::NotIn,
            Token::NotEquals => Operator::NotEquals,
            _ => {
                return Err(format!("found '{text}', expected: in, notin, =, ==, !=, gt, lt"));
            }
        })
    }

    fn values(&mut self) -> Result<Vec<String>, String> {
        let (token, text) = self.next();
        if token != Token::Open {
            return Err(format!("found '{text}' expected: '('"));
        }
        match self.peek() {
            (Token::Identifier | Token::Comma, _) => {
                let values = self.identifiers()?;
                // The list ends only before a closing parenthesis.
                self.next();
                Ok(values)
            }
            (Token::Close, _) => {
                self.next();
                Ok(vec![String::new()])
            }
            (_, text) => Err(format!("found '{text}', expected: ',', ')' or identifier")),
        }
    }

    fn identifiers(&mut self) -> Result<Vec<String>, String> {
        let mut values = Vec::new();
        loop {
            match self.next() {
                (Token::Identifier, value) => {
                    values.push(value);
                    match self.peek() {
                        (Token::Comma, _) => {}
                        (Token::Close, _) => return Ok(values),
                        (_, text) => return Err(format!("found '{text}', expected: ',' or ')'")),
                    }
                }
                (Token::Comma, _) => {
                    if values.is_empty() {
                        values.push(String::new());
                    }
                    match self.peek().0 {
                        Token::Close => {
                            values.push(String::new());
                            return Ok(values);
                        }
                        Token::Comma => values.push(String::new()),
                        _ => {}
                    }
                }
                (_, text) => return Err(format!("found '{text}', expected: ',', or identifier")),
            }
        }
    }

    fn exact_value(&mut self) -> Result<String, String> {
        if matches!(self.peek().0, Token::End | Token::Comma) {
            return Ok(String::new());
        }
        match self.next() {
            (Token::Identifier, value) => Ok(value),
            (_, text) => Err(format!("found '{text}', expected: identifier")),
        }
    }
}

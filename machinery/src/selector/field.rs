//! Field selectors (`fields.ParseSelector`).

use std::fmt;

/// Why a text is not a field selector.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldSelectorError {
    /// A term without an operator.
    #[error("invalid selector: '{selector}'; can't understand '{term}'")]
    Term {
        /// The whole selector.
        selector: String,
        /// The term.
        term: String,
    },
    /// A backslash before a character that needs none.
    #[error("invalid field selector: invalid escape sequence: {0}")]
    Escape(String),
    /// A comma or equals sign without a backslash.
    #[error("invalid field selector: unescaped character in value: {}", u32::from(*.0))]
    Unescaped(char),
}

/// Equal or not equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldOperator {
    /// `=`, `==`.
    Equals,
    /// `!=`.
    NotEquals,
}

/// One term of a field selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRequirement {
    /// The field's name, such as `metadata.name`.
    pub field: String,
    /// Equal or not.
    pub operator: FieldOperator,
    /// The value, unescaped.
    pub value: String,
}

/// A conjunction of terms, in the order of their text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSelector {
    /// The terms.
    pub requirements: Vec<FieldRequirement>,
}

impl FieldSelector {
    /// Parses a selector; the empty text selects everything.
    pub fn parse(text: &str) -> Result<FieldSelector, FieldSelectorError> {
        let mut terms = split_terms(text);
        terms.sort_unstable();
        let mut requirements = terms
            .into_iter()
            .filter(|term| !term.is_empty())
            .map(|term| {
                let (field, operator, value) = split_term(term).ok_or_else(|| {
                    FieldSelectorError::Term { selector: text.to_owned(), term: term.to_owned() }
                })?;
                Ok(FieldRequirement { field: field.to_owned(), operator, value: unescape(value)? })
            })
            .collect::<Result<Vec<_>, _>>()?;
        // A term of nothing selects everything.
        requirements.retain(|r| !(r.field.is_empty() && r.value.is_empty()));
        Ok(FieldSelector { requirements })
    }

    /// True if everything matches.
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// True if the fields, as `value` looks them up, match; an unknown field is empty.
    pub fn matches<'a>(&self, mut value: impl FnMut(&str) -> &'a str) -> bool {
        self.requirements.iter().all(|requirement| {
            (value(&requirement.field) == requirement.value)
                == (requirement.operator == FieldOperator::Equals)
        })
    }

    /// The value that a field must have, if a term says so (`RequiresExactMatch`).
    pub fn requires_exact_match(&self, field: &str) -> Option<&str> {
        self.requirements
            .iter()
            .find(|r| r.field == field && r.operator == FieldOperator::Equals)
            .map(|requirement| requirement.value.as_str())
    }
}

impl fmt::Display for FieldSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, requirement) in self.requirements.iter().enumerate() {
            let operator = match requirement.operator {
                FieldOperator::Equals => "=",
                FieldOperator::NotEquals => "!=",
            };
            let separator = if i == 0 { "" } else { "," };
            let value = escape_value(&requirement.value);
            write!(f, "{separator}{}{operator}{value}", requirement.field)?;
        }
        Ok(())
    }
}

/// Puts a backslash before `\`, `,` and `=` (`fields.EscapeValue`).
pub fn escape_value(value: &str) -> String {
    value.replace('\\', "\\\\").replace(',', "\\,").replace('=', "\\=")
}

fn unescape(value: &str) -> Result<String, FieldSelectorError> {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(c @ ('\\' | ',' | '=')) => out.push(c),
                Some(c) => return Err(FieldSelectorError::Escape(format!("\\{c}"))),
                None => return Err(FieldSelectorError::Escape("\\".to_owned())),
            },
            ',' | '=' => return Err(FieldSelectorError::Unescaped(c)),
            c => out.push(c),
        }
    }
    Ok(out)
}

fn split_terms(text: &str) -> Vec<&str> {
    let (mut terms, mut start, mut escaped) = (Vec::new(), 0, false);
    for (i, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ',' => {
                terms.push(&text[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    terms.push(&text[start..]);
    terms
}

fn split_term(term: &str) -> Option<(&str, FieldOperator, &str)> {
    let operators = [
        ("!=", FieldOperator::NotEquals),
        ("==", FieldOperator::Equals),
        ("=", FieldOperator::Equals),
    ];
    term.char_indices().find_map(|(i, _)| {
        let (field, rest) = term.split_at(i);
        operators.iter().find_map(|(text, operator)| {
            rest.strip_prefix(text).map(|value| (field, *operator, value))
        })
    })
}

//! Label and field selectors: their text, their struct, what they match.

mod field;
mod label;

pub use field::{FieldOperator, FieldRequirement, FieldSelector, FieldSelectorError, escape_value};
pub use label::{LabelSelector, Operator, Requirement, SelectorError};

#[cfg(test)]
mod tests;

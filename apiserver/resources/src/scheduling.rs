//! Which pods come first.

pub mod priorityclasses;
mod validation;

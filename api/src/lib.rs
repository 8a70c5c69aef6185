//! The catalog: every built-in kind as data, and the codecs driven by it.
//!
//! `catalog` holds what the data looks like, `generated` the data itself (written by
//! `cargo xtask codegen`, facts only), `codec` turns bytes into trees and back.

pub mod catalog;
pub mod codec;
mod generated;
mod lookup;
pub mod schema;

pub use catalog::{Catalog, Field, FieldType, Group, Kind, Message, Resource, Scalar};
pub use lookup::catalog;

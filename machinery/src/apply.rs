//! Server-side apply: who owns which field of an object, and what a write does to that.
//!
//! [`manager`] holds the entry points, [`updater`] the merge itself, [`managed`] the form that
//! `metadata.managedFields` keeps, and the rest the sets, paths and typed walks below them.

pub mod compare;
pub mod conflict;
mod created;
pub mod fieldset;
pub mod filter;
pub mod managed;
pub mod manager;
pub mod merge;
pub mod openapi;
pub mod path;
pub mod reconcile;
pub mod remove;
pub mod scale;
pub mod schema;
pub mod set;
pub mod updater;
pub mod validate;

pub use conflict::{Conflict, Conflicts};
pub use filter::{Filter, Pattern};
pub use manager::{ApplyError, Operation, Request, Types, keep_timestamps, on_apply, on_update};
pub use path::{Path, PathElement};
pub use schema::{Schema, TypeId};
pub use set::Set;

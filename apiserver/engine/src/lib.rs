//! Generic REST over the catalog: names no kind, opens no socket, reads no clock.

pub mod admission;
pub mod context;
pub mod lookup;
pub mod query;
pub mod request;
pub mod resource;

pub use context::{Context, User};
pub use lookup::Lookup;
pub use pintle_machinery::Value;
pub use pintle_machinery::field::Errors;
pub use pintle_machinery::status::Status;
pub use request::RequestInfo;
pub use resource::{Column, Dependents, Resource, Scale, Selectable, age, column, name};

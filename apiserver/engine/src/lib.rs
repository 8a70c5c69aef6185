//! Generic REST over the catalog: names no kind, opens no socket, reads no clock.

pub mod admission;
pub mod columns;
pub mod context;
pub mod convert;
pub mod decode;
pub mod defaults;
pub mod delete;
pub mod discovery;
pub mod enabled;
pub mod encode;
pub mod lookup;
pub mod meta;
pub mod negotiate;
pub mod object_meta;
pub mod openapi;
pub mod options;
pub mod ownership;
pub mod paging;
pub mod query;
pub mod request;
pub mod resource;
pub mod scope;
pub mod selection;
pub mod table;
pub mod write;

pub use context::{Context, User};
pub use enabled::Enabled;
pub use lookup::Lookup;
pub use pintle_machinery::Value;
pub use pintle_machinery::field::Errors;
pub use pintle_machinery::status::Status;
pub use request::RequestInfo;
pub use resource::{
    Column, Dependents, Resource, ReturnsDeleted, Scale, Selectable, age, column, name,
};
pub use scope::Scope;

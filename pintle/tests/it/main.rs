//! The binary as its users meet it.

mod kill;
mod plane;
mod store;
mod up;

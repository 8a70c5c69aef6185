//! The embedded store on its own.

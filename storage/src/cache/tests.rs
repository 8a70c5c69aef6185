//! The watch cache against a naive model.

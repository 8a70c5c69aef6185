//! The controller table, pure: one file per controller.

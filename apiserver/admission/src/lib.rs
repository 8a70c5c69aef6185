//! The admission table: one file per plugin.

//! Stored objects and their versions.

pub mod storageversionmigrations;

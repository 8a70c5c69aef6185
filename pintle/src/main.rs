//! The all-in-one binary and cluster tool.

fn main() {}

//! What columns of tables are for, as clients are told (`printers/internalversion.AddHandlers`).
//!
//! The table is a file of lines `group, plural, column, description`, separated by tabs, recorded
//! from the answers of the pinned release; the description is a JSON string.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::resource::{Column, Resource};

const TABLE: &str = include_str!("columns.tsv");

static DESCRIPTIONS: LazyLock<BTreeMap<[&str; 3], String>> = LazyLock::new(|| {
    let lines = TABLE.lines().map(|line| {
        let mut fields = line.split('\t');
        let key = [(); 3].map(|()| fields.next().unwrap_or_default());
        let text = serde_json::from_str(fields.next().unwrap_or_default());
        (key, text.expect("descriptions are JSON strings"))
    });
    lines.collect()
});

/// What a column of a row's table is for; empty if nobody has said so.
pub fn description(row: &Resource, column: &Column) -> &'static str {
    match column.description {
        "" => {
            let key = [row.group, row.plural, column.name];
            DESCRIPTIONS.get(&key).map_or("", String::as_str)
        }
        own => own,
    }
}

/// Group, plural and name of each column of the table.
pub fn described() -> impl Iterator<Item = [&'static str; 3]> {
    DESCRIPTIONS.keys().copied()
}

//! Columns and cells.

use pintle_engine::table::columns;
use pintle_machinery::Value;
use serde_json::json;

use crate::row;

/// Tables of upstream with the objects that they show.
const TABLES: &str = include_str!("../goldens/tables.json");
/// Columns that depend on the moment.
const RELATIVE: [&str; 3] = ["Age", "TimeAdded", ""];

#[test]
fn columns_are_those_of_upstream() {
    let tables: Vec<Value> = serde_json::from_str(TABLES).unwrap();
    for table in &tables {
        let (group, plural) = (table["group"].as_str().unwrap(), table["plural"].as_str().unwrap());
        let row = row(group, plural);
        let own: Vec<Value> = columns(&row)
            .iter()
            .filter(|column| !column.name.is_empty())
            .map(|column| json!([column.name, column.ty, column.format, column.priority]))
            .collect();
        assert_eq!(Value::from(own), table["columns"], "{plural}.{group}");
    }
}

#[test]
fn cells_are_those_of_upstream() {
    let tables: Vec<Value> = serde_json::from_str(TABLES).unwrap();
    let mut seen = 0;
    for table in &tables {
        let (group, plural) = (table["group"].as_str().unwrap(), table["plural"].as_str().unwrap());
        let row = row(group, plural);
        for golden in table["rows"].as_array().unwrap() {
            let cells = golden["cells"].as_array().unwrap();
            assert_eq!(columns(&row).len(), cells.len(), "{plural}.{group}");
            for (column, cell) in columns(&row).iter().zip(cells) {
                if RELATIVE.contains(&column.name) {
                    continue;
                }
                seen += 1;
                let own = (column.cell)(&golden["object"], 0);
                assert_eq!(&own, cell, "{} of {plural}.{group}", column.name);
            }
        }
    }
    assert!(seen > 200, "most tables have rows");
}

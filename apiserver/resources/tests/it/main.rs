//! The rows against what upstream 1.37.1 answered.

mod messages;
mod objects;
mod prepare;
mod tables;

use pintle_engine::Resource;
use pintle_resources::RESOURCES;

/// The row of a resource; the default one if it has none of its own.
fn row(group: &str, plural: &str) -> Resource {
    let found = RESOURCES.iter().find(|row| row.group == group && row.plural == plural);
    found.map_or(Resource::DEFAULT, |row| **row)
}

//! A cluster's data handed from stock's API server to ours and back, on one etcd.
//!
//! Four runs, each on a fresh etcd. *Theirs*: stock makes one object of every resource; ours lists
//! them byte for byte as stock does, labels each one, and hands back; stock lists ours byte for
//! byte, and writes each object back as it is, which etcd does not notice, because stock encodes
//! it to the bytes that ours stored. *Ours*: the same with the roles exchanged at the start. *Side
//! by side*: both serve at once under load and are killed in turn.

mod client;
mod dump;
mod fixtures;
mod objects;
mod side_by_side;
mod world;

use std::path::Path;

use self::dump::{Dump, differences};
use self::fixtures::{Fixture, fixtures};
use self::objects::{Made, lists, make, newest, resources, rewrite, unequal};
use self::world::World;
use crate::Error;
use crate::plane::Make;
use crate::stock::Stock;

pub use self::side_by_side::Load;

/// Stock's server writes the status of these while it runs.
const CONTROLLED: &[&str] =
    &["/registry/flowschemas/", "/registry/apiregistration.k8s.io/apiservices/"];

/// Stock stores a new claim without its phase, which it fills in when it reads: whoever writes the
/// claim back as it was read, stock or ours, stores it anew.
const INCOMPLETE: &str = "/registry/persistentvolumeclaims/";

/// What a run found out.
#[derive(Debug, Default)]
pub struct Report {
    /// What was done, with figures.
    pub done: Vec<String>,
    /// What is not as it must be.
    pub wrong: Vec<String>,
}

impl Report {
    fn expect_none(&mut self, what: &str, found: Vec<String>) {
        self.done.push(format!("{what}: {}", found.len()));
        self.wrong.extend(found.into_iter().map(|one| format!("{what}: {one}")));
    }
}

/// Objects made by one make, changed by the other, and handed back.
pub async fn handover(stock: &Stock, pintle: &Path, maker: Make) -> Result<Report, Error> {
    let fixtures = fixtures()?;
    let mut world = World::new(stock, pintle)?;
    let mut report = Report::default();
    let other = if maker == Make::Stock { Make::Pintle } else { Make::Stock };
    let port = world.port();

    let server = world.start(maker, port).await?;
    let known = resources(&server.client).await?;
    let made = make(&server.client, &known, &fixtures).await?;
    let revision = newest(&server.client).await?;
    let before = lists(&server.client, &known, revision).await?;
    let at_first = world.dump()?;
    tell(&mut report, &made, &fixtures, &at_first);
    world.stop(server);

    let server = world.start(other, port).await?;
    let seen = lists(&server.client, &known, revision).await?;
    report.done.push(format!("lists compared: {}", seen.len()));
    report.expect_none("lists that the other answers otherwise", unequal(&before, &seen));
    let taken_over = world.dump()?;
    let mut differing = told(&at_first, &taken_over);
    if other == Make::Stock {
        differing.retain(|line| !CONTROLLED.iter().any(|start| line.starts_with(start)));
    }
    report.expect_none("keys that differ after taking over", differing);
    let kept = rewrite(&server.client, &known, None).await?;
    report.done.push(format!("objects written back as they are: {}", kept.count));
    report.expect_none("objects that cannot be written back", kept.refused);
    let rewritten = world.dump()?;
    let mut differing = told(&taken_over, &rewritten);
    if maker == Make::Stock {
        differing.retain(|line| !line.starts_with(INCOMPLETE));
    }
    report.expect_none("keys that differ after writing back", differing);
    let labelled = rewrite(&server.client, &known, Some("other")).await?;
    report.done.push(format!("objects labelled: {}", labelled.count));
    report.expect_none("objects that cannot be labelled", labelled.refused);
    let revision = newest(&server.client).await?;
    let before = lists(&server.client, &known, revision).await?;
    let changed = world.dump()?;
    world.stop(server);

    let server = world.start(maker, port).await?;
    let seen = lists(&server.client, &known, revision).await?;
    report.expect_none("lists answered otherwise after handing back", unequal(&before, &seen));
    let handed_back = world.dump()?;
    report.expect_none("keys that differ after handing back", told(&changed, &handed_back));
    let kept = rewrite(&server.client, &known, None).await?;
    report.done.push(format!("objects written back as they are: {}", kept.count));
    report.expect_none("objects that cannot be written back", kept.refused);
    let rewritten = world.dump()?;
    report.expect_none("keys that the maker encodes otherwise", told(&handed_back, &rewritten));
    world.stop(server);
    Ok(report)
}

/// Both serve at once, under load, each killed in turn.
pub async fn side_by_side(stock: &Stock, pintle: &Path, load: Load) -> Result<Report, Error> {
    let world = World::new(stock, pintle)?;
    side_by_side::run(world, load).await
}

fn tell(report: &mut Report, made: &Made, fixtures: &[Fixture], dump: &Dump) {
    report.done.push(format!("fixtures: {}", fixtures.len()));
    report.done.push(format!("objects made: {}", made.keys.len()));
    report.done.push(format!("not served: {}", made.unserved.join(" ")));
    for refused in &made.refused {
        report.done.push(format!("refused: {refused}"));
    }
    let missing = made.keys.iter().filter(|key| !dump.contains_key(*key)).cloned().collect();
    report.expect_none("objects that are not under upstream's key", missing);
}

fn told(before: &Dump, after: &Dump) -> Vec<String> {
    differences(before, after).into_iter().map(|(key, how)| format!("{key} {how}")).collect()
}

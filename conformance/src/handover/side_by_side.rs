//! Two servers of either make on one etcd, each killed in turn, while clients write and watch
//! through both.
//!
//! Each writer counts up in an object of its own, one at a time, so that a watcher knows what must
//! come next: a number left out is a gap, and one that comes back below an acknowledged one is a
//! lost write.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::Report;
use super::client::{Client, failed};
use super::objects::newest;
use super::world::World;
use crate::Error;
use crate::plane::{Make, free_port};

const COLLECTION: &str = "/api/v1/namespaces/default/configmaps";
const PAUSE: Duration = Duration::from_millis(20);
/// How long both serve between two kills.
const CALM: Duration = Duration::from_secs(2);
/// How long watchers may take to see the last write.
const PATIENCE: Duration = Duration::from_mins(1);

/// How much is asked of the two.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Kills, of one and the other in turn.
    pub kills: usize,
    /// Clients that write.
    pub writers: usize,
    /// Clients that watch.
    pub watchers: usize,
}

/// What clients share.
struct Shared {
    clients: [Client; 2],
    stop: AtomicBool,
    acknowledged: AtomicUsize,
    unclear: AtomicUsize,
}

/// What a writer knows in the end: how far it counted, and what went wrong.
struct Counted {
    name: String,
    acknowledged: i64,
    wrong: Vec<String>,
}

/// What a watcher saw: the last number of each object, and what went wrong.
#[derive(Default)]
struct Seen {
    counts: BTreeMap<String, i64>,
    revision: i64,
    events: usize,
    resumed: usize,
    wrong: Vec<String>,
}

pub(super) async fn run(mut world: World, load: Load) -> Result<Report, Error> {
    let ports = [world.port(), free_port()?];
    let makes = [Make::Stock, Make::Pintle];
    let mut servers = Vec::new();
    for (make, port) in makes.into_iter().zip(ports) {
        servers.push(Some(world.start(make, port).await?));
    }
    let clients: Vec<Client> = servers.iter().flatten().map(|one| one.client.clone()).collect();
    let clients: [Client; 2] = clients.try_into().map_err(|_| failed("two servers"))?;
    let begin = newest(&clients[0]).await?;
    let shared = Arc::new(Shared {
        clients,
        stop: AtomicBool::new(false),
        acknowledged: AtomicUsize::new(0),
        unclear: AtomicUsize::new(0),
    });
    let mut writers = JoinSet::new();
    for number in 0..load.writers {
        writers.spawn(write(shared.clone(), format!("writer-{number}")));
    }
    let mut watchers = JoinSet::new();
    for number in 0..load.watchers {
        watchers.spawn(watch(shared.clone(), number, begin));
    }
    for kill in 0..load.kills {
        sleep(CALM).await;
        let victim = kill % 2;
        if let Some(server) = servers[victim].take() {
            world.kill(server);
        }
        sleep(CALM / 4).await;
        servers[victim] = Some(world.start(makes[victim], ports[victim]).await?);
    }
    sleep(CALM).await;
    shared.stop.store(true, Ordering::SeqCst);
    let counted = writers.join_all().await;
    let last = newest(&shared.clients[0]).await?;
    let seen = end_watchers(&shared, &counted, last, watchers).await?;
    Ok(judge(&shared, load, counted, seen).await)
}

/// One more write passes every watcher's place, so each of them comes to an end.
async fn end_watchers(
    shared: &Shared,
    counted: &[Counted],
    last: i64,
    watchers: JoinSet<Seen>,
) -> Result<Vec<Seen>, Error> {
    let end = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "end"},
        "data": {"writers": counted.len().to_string(), "last": last.to_string()}});
    shared.clients[0].call("POST", COLLECTION, Some(&end)).await?.object("end")?;
    let all = timeout(PATIENCE, watchers.join_all()).await;
    all.map_err(|_| failed("a watcher does not see the last write"))
}

async fn judge(shared: &Shared, load: Load, counted: Vec<Counted>, seen: Vec<Seen>) -> Report {
    let mut report = Report::default();
    let events: usize = seen.iter().map(|one| one.events).sum();
    let resumed: usize = seen.iter().map(|one| one.resumed).sum();
    report.done.push(format!(
        "kills: {}, writes acknowledged: {}, of unclear outcome: {}, events watched: {events}, \
         watches resumed: {resumed}",
        load.kills,
        shared.acknowledged.load(Ordering::SeqCst),
        shared.unclear.load(Ordering::SeqCst),
    ));
    let mut lost = Vec::new();
    for one in &counted {
        for client in &shared.clients {
            let path = format!("{COLLECTION}/{}", one.name);
            let stored = client.get(&path).await.map_or(-1, |object| count(&object));
            if stored < one.acknowledged {
                lost.push(format!("{} at {} of {}", one.name, stored, one.acknowledged));
            }
        }
        for (number, watcher) in seen.iter().enumerate() {
            let last = watcher.counts.get(&one.name).copied().unwrap_or(-1);
            if last < one.acknowledged {
                lost.push(format!("{} for watcher {number}: {last}", one.name));
            }
        }
    }
    report.expect_none("acknowledged writes lost", lost);
    let wrong = counted.into_iter().flat_map(|one| one.wrong).collect();
    report.expect_none("writers contradicted", wrong);
    let wrong = seen.into_iter().flat_map(|one| one.wrong).collect();
    report.expect_none("watch gaps and steps back", wrong);
    report
}

fn count(object: &Value) -> i64 {
    object["data"]["count"].as_str().and_then(|text| text.parse().ok()).unwrap_or(-1)
}

fn revision(object: &Value) -> i64 {
    let text = object["metadata"]["resourceVersion"].as_str();
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Counts up, through one server and the other in turn.
async fn write(shared: Arc<Shared>, name: String) -> Counted {
    let mut counted = Counted { name: name.clone(), acknowledged: -1, wrong: Vec::new() };
    let mut object = json!({"apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": name}, "data": {"count": "0"}});
    let path = format!("{COLLECTION}/{name}");
    let mut newest_seen = 0;
    let mut turn = 0;
    while !shared.stop.load(Ordering::SeqCst) {
        turn += 1;
        let client = &shared.clients[turn % 2];
        let is_new = revision(&object) == 0;
        let (method, target) = if is_new { ("POST", COLLECTION) } else { ("PUT", &*path) };
        let wanted = count(&object);
        let answer = client.call(method, target, Some(&object)).await;
        if let Ok(answer) = &answer
            && matches!(answer.code, 200 | 201)
        {
            let stored = answer.json();
            shared.acknowledged.fetch_add(1, Ordering::SeqCst);
            counted.acknowledged = wanted;
            if revision(&stored) <= newest_seen {
                counted.wrong.push(format!("{name}: version {} came back", revision(&stored)));
            }
            newest_seen = revision(&stored);
            object = stored;
            object["data"]["count"] = (wanted + 1).to_string().into();
            continue;
        }
        shared.unclear.fetch_add(1, Ordering::SeqCst);
        sleep(PAUSE).await;
        // What has been stored is the truth; it is never older than what was acknowledged.
        let other = &shared.clients[(turn + 1) % 2];
        let Ok(found) = other.get(&path).await else { continue };
        let reached = count(&found);
        if reached < counted.acknowledged || revision(&found) < newest_seen {
            counted.wrong.push(format!(
                "{name}: {reached} at {} after {} at {newest_seen} was acknowledged",
                revision(&found),
                counted.acknowledged
            ));
        }
        newest_seen = newest_seen.max(revision(&found));
        object = found;
        object["data"]["count"] = (reached + 1).to_string().into();
    }
    counted
}

/// Watches until the end is written; goes on at the other server when one is gone.
async fn watch(shared: Arc<Shared>, number: usize, begin: i64) -> Seen {
    let mut seen = Seen { revision: begin, ..Seen::default() };
    let mut turn = number;
    loop {
        let client = &shared.clients[turn % 2];
        turn += 1;
        let path = format!(
            "{COLLECTION}?watch=true&allowWatchBookmarks=true&resourceVersion={}",
            seen.revision
        );
        let Ok(mut lines) = client.watch(&path).await else {
            sleep(PAUSE).await;
            continue;
        };
        seen.resumed += 1;
        while let Some(event) = lines.next().await {
            match take(&mut seen, &event, client.port) {
                Step::On => {}
                Step::Again => break,
                Step::End => return seen,
            }
        }
    }
}

enum Step {
    On,
    Again,
    End,
}

fn take(seen: &mut Seen, event: &Value, port: u16) -> Step {
    let object = &event["object"];
    match event["type"].as_str() {
        Some("BOOKMARK") => {
            if revision(object) < seen.revision {
                let reached = seen.revision;
                seen.wrong.push(format!("bookmark {} after {reached}", revision(object)));
            }
            seen.revision = seen.revision.max(revision(object));
            return Step::On;
        }
        Some("ADDED" | "MODIFIED") => {}
        // A server that is not up to that revision yet says so, and is asked again.
        Some("ERROR") if object["code"] == 504 || object["code"] == 429 => return Step::Again,
        _ => {
            seen.wrong.push(format!("at {} from {port}: {event}", seen.revision));
            return Step::Again;
        }
    }
    if revision(object) <= seen.revision {
        let reached = seen.revision;
        seen.wrong.push(format!("event {} after {reached}", revision(object)));
    }
    seen.revision = revision(object);
    seen.events += 1;
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    if name == "end" {
        return Step::End;
    }
    if !name.starts_with("writer-") {
        return Step::On;
    }
    let next = seen.counts.get(name).map_or(0, |last| last + 1);
    if count(object) != next {
        seen.wrong.push(format!("{name}: {} instead of {next}", count(object)));
    }
    seen.counts.insert(name.to_owned(), count(object));
    Step::On
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str, name: &str, count: i64, revision: i64) -> Value {
        json!({"type": kind, "object": {
            "metadata": {"name": name, "resourceVersion": revision.to_string()},
            "data": {"count": count.to_string()},
        }})
    }

    #[track_caller]
    fn check(events: &[Value], wrong: usize) {
        let mut seen = Seen { revision: 10, ..Seen::default() };
        for event in events {
            take(&mut seen, event, 0);
        }
        assert_eq!(seen.wrong.len(), wrong, "{:?}", seen.wrong);
    }

    #[test]
    fn gaps_and_steps_back_are_found() {
        let first = event("ADDED", "writer-0", 0, 11);
        check(&[first.clone(), event("MODIFIED", "writer-0", 1, 12)], 0);
        check(&[first.clone(), event("MODIFIED", "writer-0", 2, 13)], 1);
        check(&[first.clone(), event("MODIFIED", "writer-0", 1, 11)], 1);
        check(&[first, event("BOOKMARK", "", 0, 9)], 1);
    }
}

use serde_json::json;

use super::*;
use crate::plugins::PLUGINS;

const fn at(seconds: u64) -> Moment {
    Duration::from_secs(seconds)
}

fn pod(name: &str, priority: i32, gates: usize) -> Arc<PodInfo> {
    let gates = vec![json!({ "name": "g" }); gates];
    let object = json!({
        "metadata": { "name": name, "namespace": "n", "uid": name },
        "spec": { "containers": [], "priority": priority, "schedulingGates": gates },
    });
    Arc::new(PodInfo::new(Arc::new(serde_json::from_value(object).unwrap())))
}

fn key(name: &str) -> Key {
    ("n".into(), name.into())
}

fn queue() -> Queue {
    Queue::new(PLUGINS, Backoff::default())
}

#[track_caller]
fn check(queue: &mut Queue, then: &[&str]) {
    let names: Vec<String> =
        std::iter::from_fn(|| queue.pop()).map(|item| item.pod.key().1).collect();
    assert_eq!(names, then);
}

fn by(name: &'static str) -> BTreeSet<&'static str> {
    BTreeSet::from([name])
}

#[test]
fn the_more_important_pod_comes_first_and_then_the_older() {
    let mut queue = queue();
    for (name, priority, since) in [("late", 0, 2), ("early", 0, 1), ("urgent", 5, 3)] {
        queue.put(pod(name, priority, 0), at(since));
    }
    check(&mut queue, &["urgent", "early", "late"]);
}

#[test]
fn a_rejected_pod_waits_for_a_change_that_helps() {
    let mut queue = queue();
    queue.put(pod("a", 0, 0), at(0));
    queue.pop();
    queue.failed(&key("a"), by("NodeResourcesFit"), at(0));
    queue.tick(at(60));
    check(&mut queue, &[]);
    let gone = pod("other", 0, 0);
    queue.on_change(&Change::PodGone(&gone), at(61));
    check(&mut queue, &["a"]);
}

#[test]
fn a_change_does_not_cut_the_backoff_short() {
    let mut queue = queue();
    queue.put(pod("a", 0, 0), at(0));
    queue.pop();
    queue.failed(&key("a"), by("NodeResourcesFit"), at(10));
    queue.on_change(&Change::PodGone(&pod("other", 0, 0)), at(10));
    check(&mut queue, &[]);
    assert_eq!(queue.tick(at(10)), Some(at(11)));
    queue.tick(at(11));
    check(&mut queue, &["a"]);
}

#[test]
fn backoff_doubles_up_to_its_limit() {
    let backoff = Backoff::default();
    let seconds = [1, 2, 3, 4, 5, 60].map(|attempts| backoff.after(attempts).as_secs());
    assert_eq!(seconds, [1, 2, 4, 8, 10, 10]);
}

#[test]
fn a_change_during_the_attempt_is_not_lost() {
    let mut queue = queue();
    queue.put(pod("a", 0, 0), at(0));
    queue.pop();
    queue.on_change(&Change::PodGone(&pod("other", 0, 0)), at(0));
    queue.failed(&key("a"), by("NodeResourcesFit"), at(0));
    queue.tick(at(1));
    check(&mut queue, &["a"]);
}

#[test]
fn nobody_waits_for_ever() {
    let mut queue = queue();
    queue.put(pod("a", 0, 0), at(0));
    queue.pop();
    queue.failed(&key("a"), by("NodeName"), at(0));
    assert_eq!(queue.tick(at(1)), Some(FLUSH_AFTER));
    queue.tick(FLUSH_AFTER);
    check(&mut queue, &["a"]);
}

#[test]
fn gates_hold_a_pod_until_they_are_gone() {
    let mut queue = queue();
    queue.put(pod("a", 0, 1), at(0));
    check(&mut queue, &[]);
    assert_eq!(queue.counts(), [0, 0, 0, 1]);
    queue.put(pod("a", 0, 0), at(1));
    check(&mut queue, &["a"]);
}

#[test]
fn a_pod_deleted_in_flight_does_not_come_back() {
    let mut queue = queue();
    queue.put(pod("a", 0, 0), at(0));
    queue.pop();
    queue.remove(&key("a"));
    queue.failed(&key("a"), BTreeSet::new(), at(0));
    queue.tick(at(100));
    check(&mut queue, &[]);
}

//! What clients asked and were told, in the order in which it happened.

use std::collections::{BTreeMap, BTreeSet};

use pintle_storage::Revision;

use super::checker::{self, Answer, Call, Held, Operation};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Called { id: u64, key: String, call: Call },
    Answered { id: u64, told: Told },
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) answer: Answer,
    /// The store's revision.
    pub(crate) revision: Revision,
    /// Revision of the last change of what was found.
    pub(crate) changed: Revision,
}

fn optional(value: Option<u64>) -> String {
    value.map_or("-".to_owned(), |value| value.to_string())
}

impl Event {
    /// As a line for another process.
    pub(crate) fn line(&self) -> String {
        match self {
            Self::Called { id, key, call } => {
                let call = match call {
                    Call::Read => "read".to_owned(),
                    Call::Put(value) => format!("put {value}"),
                    Call::Delete => "delete".to_owned(),
                    Call::Swap { expected, new } => {
                        format!("swap {} {}", optional(*expected), optional(*new))
                    }
                };
                format!("called {id} {key} {call}\n")
            }
            Self::Answered { id, told } => {
                let Told { answer, revision, changed } = told;
                let answer = match answer {
                    Answer::Unknown => "unknown".to_owned(),
                    Answer::Done => "done".to_owned(),
                    Answer::Found(None) => "nothing".to_owned(),
                    Answer::Found(Some((value, version))) => format!("found {value} {version}"),
                };
                format!("answered {id} {revision} {changed} {answer}\n")
            }
        }
    }

    /// Reads a line; none if it is something else.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let words: Vec<_> = line.split_whitespace().collect();
        let value = |text: &str| if text == "-" { Some(None) } else { text.parse().ok().map(Some) };
        let (id, event) = (words.get(1)?.parse().ok()?, *words.first()?);
        if event == "called" {
            let call = match words.get(3..)? {
                ["read"] => Call::Read,
                ["put", value] => Call::Put(value.parse().ok()?),
                ["delete"] => Call::Delete,
                ["swap", expected, new] => {
                    Call::Swap { expected: value(expected)?, new: value(new)? }
                }
                _ => return None,
            };
            return Some(Self::Called { id, key: words[2].to_owned(), call });
        }
        let answer = match words.get(4..)? {
            ["unknown"] => Answer::Unknown,
            ["done"] => Answer::Done,
            ["nothing"] => Answer::Found(None),
            ["found", value, version] => {
                Answer::Found(Some((value.parse().ok()?, version.parse().ok()?)))
            }
            _ => return None,
        };
        let (revision, changed) = (words[2].parse().ok()?, words[3].parse().ok()?);
        let told = Told { answer, revision, changed };
        (event == "answered").then_some(Self::Answered { id, told })
    }
}

/// How much was judged.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Judged {
    pub(crate) operations: usize,
    pub(crate) unknown: usize,
}

/// Whether a history makes sense: each key's operations have an order, and revisions are etcd's.
pub(crate) fn judge(events: &[Event]) -> Result<Judged, String> {
    let mut judged = Judged::default();
    for (key, operations) in operations(events) {
        judged.operations += operations.len();
        judged.unknown += operations.iter().filter(|one| one.answer == Answer::Unknown).count();
        checker::check(&operations).map_err(|error| format!("{key}: {error}"))?;
    }
    check_revisions(events)?;
    Ok(judged)
}

/// Calls with their answers by key. A read without an answer says nothing.
fn operations(events: &[Event]) -> BTreeMap<&str, Vec<Operation>> {
    let answer = |(moment, event): (usize, &Event)| match event {
        Event::Answered { id, told } => Some((*id, (moment, told.answer))),
        Event::Called { .. } => None,
    };
    let answers: BTreeMap<_, _> = events.iter().enumerate().filter_map(answer).collect();
    let mut keys: BTreeMap<&str, Vec<Operation>> = BTreeMap::new();
    for (called, event) in events.iter().enumerate() {
        let Event::Called { id, key, call } = event else { continue };
        let (answered, answer) = answers.get(id).copied().unwrap_or((usize::MAX, Answer::Unknown));
        if answer != Answer::Unknown || *call != Call::Read {
            keys.entry(key).or_default().push(Operation { call: *call, answer, called, answered });
        }
    }
    keys
}

/// The store's revision never goes back from one answer to the next call's, each write has one of its
/// own, and whoever finds a value is told the revision of its write.
fn check_revisions(events: &[Event]) -> Result<(), String> {
    let (mut newest, mut calls) = (0, BTreeMap::new());
    let (mut written, mut changed_at) = (BTreeSet::new(), BTreeMap::new());
    for event in events {
        let (id, told) = match event {
            Event::Called { id, call, .. } => {
                calls.insert(id, (*call, newest));
                continue;
            }
            Event::Answered { id, told } => (id, told),
        };
        let (call, before) = calls.remove(id).ok_or("an answer to nothing")?;
        let Told { answer, revision, changed } = *told;
        if revision < before {
            return Err(format!("{call:?} is told of revision {revision} after {before}"));
        }
        newest = newest.max(revision);
        let (value, at): (Held, _) = match (call, answer) {
            (Call::Put(value) | Call::Swap { new: Some(value), .. }, Answer::Done) => {
                (Some((value, 0)), revision)
            }
            (_, Answer::Found(found)) => (found, changed),
            _ => (None, 0),
        };
        let wrote = match (call, answer) {
            (Call::Delete, Answer::Found(found)) => found.is_some(),
            (_, answer) => answer == Answer::Done,
        };
        if wrote && (revision <= before || !written.insert(revision)) {
            return Err(format!("{call:?} has revision {revision}, which is not its own"));
        }
        if let Some((value, _)) = value
            && *changed_at.entry(value).or_insert(at) != at
        {
            return Err(format!("value {value} has revisions {} and {at}", changed_at[&value]));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_survive_a_pipe() {
        let key = "/k".to_owned();
        let swap = Call::Swap { expected: None, new: Some(7) };
        for call in [Call::Read, Call::Put(3), Call::Delete, swap] {
            let event = Event::Called { id: 5, key: key.clone(), call };
            assert_eq!(Event::parse(&event.line()), Some(event));
        }
        for answer in
            [Answer::Unknown, Answer::Done, Answer::Found(None), Answer::Found(Some((1, 2)))]
        {
            let event = Event::Answered { id: 5, told: Told { answer, revision: 9, changed: 8 } };
            assert_eq!(Event::parse(&event.line()), Some(event));
        }
        assert_eq!(Event::parse("running 1 test"), None);
    }

    #[track_caller]
    fn check(rows: &[(u64, Call, Answer, Revision, Revision)], expected: Option<&str>) {
        let mut events = Vec::new();
        for &(id, call, answer, revision, changed) in rows {
            events.push(Event::Called { id, key: "/k".to_owned(), call });
            events.push(Event::Answered { id, told: Told { answer, revision, changed } });
        }
        let found = judge(&events).map(|_| ()).err();
        assert!(
            match (&found, expected) {
                (Some(found), Some(expected)) => found.contains(expected),
                (found, expected) => found.is_none() && expected.is_none(),
            },
            "{found:?}"
        );
    }

    #[test]
    fn revisions_do_not_go_back_and_belong_to_one_write() {
        let put = |id, revision| (id, Call::Put(id), Answer::Done, revision, 0);
        let read = |id, value, version, revision, changed| {
            (id, Call::Read, Answer::Found(Some((value, version))), revision, changed)
        };
        check(&[put(1, 2), read(2, 1, 1, 2, 2), put(3, 3), read(4, 3, 2, 3, 3)], None);
        check(&[put(1, 5), read(2, 1, 1, 4, 5)], Some("revision 4 after 5"));
        check(&[put(1, 5), put(2, 5)], Some("not its own"));
        check(&[put(1, 5), read(2, 1, 1, 5, 4)], Some("value 1 has revisions 5 and 4"));
        check(&[put(1, 5), read(2, 1, 2, 5, 5)], Some("no order explains"));
    }
}

//! Whether what clients saw of one key has an order in which a single copy would have answered so:
//! the search of Wing and Gong with Lowe's memory of what has been tried.

use std::collections::HashSet;

/// What a key holds: the number of its value, and how often it was written since it was made.
pub(crate) type Held = Option<(u64, i64)>;

/// What a client asks of a key. No two writes of a history have the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Read,
    Put(u64),
    Delete,
    /// Writes `new`, or deletes, if the key holds `expected`, or nothing.
    Swap {
        expected: Option<u64>,
        new: Option<u64>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// None came: it may have been done at any time since, or never.
    Unknown,
    /// A write or a swap was done.
    Done,
    /// What a read found, a deletion deleted, or a swap found in its way.
    Found(Held),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    pub(crate) call: Call,
    pub(crate) answer: Answer,
    /// Moments on the clock of all clients; the end of time if there was no answer.
    pub(crate) called: usize,
    pub(crate) answered: usize,
}

/// More steps than this are not tried.
const MOST_STEPS: usize = 50_000_000;

/// What the key holds after an operation on it, if it can have been answered so.
fn step(held: Held, operation: &Operation) -> Option<Held> {
    let holds = held.map(|(value, _)| value);
    let next = held.map_or(1, |(_, version)| version + 1);
    let (after, proper) = match operation.call {
        Call::Put(value) => (Some((value, next)), Answer::Done),
        Call::Delete => (None, Answer::Found(held)),
        Call::Swap { expected, new } if expected == holds => {
            (new.map(|value| (value, next)), Answer::Done)
        }
        Call::Read | Call::Swap { .. } => (held, Answer::Found(held)),
    };
    (operation.answer == Answer::Unknown || operation.answer == proper).then_some(after)
}

/// Calls and answers in the order of time, some of them taken out. The first node is the head.
struct List {
    next: Vec<usize>,
    previous: Vec<usize>,
}

impl List {
    fn new(nodes: usize) -> Self {
        let next = (1..=nodes).chain([0]).collect();
        let previous = std::iter::once(nodes).chain(0..nodes).collect();
        Self { next, previous }
    }

    fn remove(&mut self, node: usize) {
        let (before, after) = (self.previous[node], self.next[node]);
        self.next[before] = after;
        self.previous[after] = before;
    }

    /// Undoes the last removal that has not been undone.
    fn put_back(&mut self, node: usize) {
        let (before, after) = (self.previous[node], self.next[node]);
        self.next[before] = node;
        self.previous[after] = node;
    }
}

/// The operations that an order has been found for.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Placed(Vec<u64>);

impl Placed {
    fn toggle(&mut self, operation: usize) {
        self.0[operation / 64] ^= 1 << (operation % 64);
    }
}

/// Looks for an order of the operations on a key that did not exist. If there is none, says which
/// operation could not be explained.
pub(crate) fn check(operations: &[Operation]) -> Result<(), String> {
    let calls = operations.iter().enumerate().map(|(n, one)| (one.called, false, n));
    let answers = operations.iter().enumerate().map(|(n, one)| (one.answered, true, n));
    let mut moments: Vec<_> = calls.chain(answers).collect();
    moments.sort_unstable();
    let mut answer_of = vec![0; operations.len()];
    for (index, (_, is_answer, operation)) in moments.iter().enumerate() {
        if *is_answer {
            answer_of[*operation] = index + 1;
        }
    }
    let mut list = List::new(moments.len());
    let mut placed = Placed(vec![0; operations.len().div_ceil(64)]);
    let (mut tried, mut stack, mut held) = (HashSet::new(), Vec::new(), None);
    let (mut furthest, mut culprit) = (0, 0);
    let mut node = list.next[0];
    for _ in 0..MOST_STEPS {
        if list.next[0] == 0 {
            return Ok(());
        }
        let (_, is_answer, operation) = moments[node - 1];
        if is_answer {
            // It should have been placed by now.
            if stack.len() >= furthest {
                (furthest, culprit) = (stack.len(), operation);
            }
            let Some((call, before)) = stack.pop() else {
                return Err(describe(operations, culprit));
            };
            let (_, _, undone) = moments[call - 1];
            list.put_back(answer_of[undone]);
            list.put_back(call);
            placed.toggle(undone);
            held = before;
            node = list.next[call];
            continue;
        }
        let Some(after) = step(held, &operations[operation]) else {
            node = list.next[node];
            continue;
        };
        placed.toggle(operation);
        if tried.insert((placed.clone(), after)) {
            stack.push((node, held));
            held = after;
            list.remove(node);
            list.remove(answer_of[operation]);
            node = list.next[0];
        } else {
            placed.toggle(operation);
            node = list.next[node];
        }
    }
    Err(format!("undecided after {MOST_STEPS} steps and {} operations", operations.len()))
}

/// An operation and those about the same time.
fn describe(operations: &[Operation], culprit: usize) -> String {
    let one = operations[culprit];
    let near = |other: &&Operation| other.called < one.answered && other.answered > one.called;
    let mut others: Vec<_> = operations.iter().filter(near).collect();
    others.sort_unstable_by_key(|other| other.called);
    let lines: Vec<_> = others
        .iter()
        .map(|Operation { call, answer, called, .. }| format!("  {called}: {call:?} {answer:?}"))
        .collect();
    format!("no order explains {:?} {:?} among\n{}", one.call, one.answer, lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use rand::rngs::StdRng;
    use rand::{Rng, SeedableRng};

    use super::*;

    const FOREVER: usize = usize::MAX;

    fn history(rows: &[(Call, Answer, usize, usize)]) -> Vec<Operation> {
        let one = |&(call, answer, called, answered)| Operation { call, answer, called, answered };
        rows.iter().map(one).collect()
    }

    #[track_caller]
    fn good(rows: &[(Call, Answer, usize, usize)]) {
        check(&history(rows)).unwrap();
    }

    #[track_caller]
    fn bad(rows: &[(Call, Answer, usize, usize)]) {
        check(&history(rows)).unwrap_err();
    }

    fn found(value: u64, version: i64) -> Answer {
        Answer::Found(Some((value, version)))
    }

    fn swap(expected: u64, new: u64) -> Call {
        Call::Swap { expected: Some(expected), new: Some(new) }
    }

    use Answer::{Done, Unknown};
    use Call::{Delete, Put, Read};

    #[test]
    fn what_a_single_copy_may_answer_is_good() {
        good(&[]);
        good(&[(Put(1), Done, 0, 1), (Read, found(1, 1), 2, 3)]);
        // While a write is under way it is seen or not.
        good(&[(Put(1), Done, 0, 9), (Read, Answer::Found(None), 1, 2), (Read, found(1, 1), 3, 4)]);
        good(&[(Put(1), Done, 0, 9), (Put(2), Done, 1, 8), (Read, found(1, 2), 10, 11)]);
        good(&[(Put(1), Done, 0, 1), (Delete, found(1, 1), 2, 3), (Put(2), Done, 4, 5)]);
        good(&[(Put(1), Done, 0, 1), (swap(1, 2), Done, 2, 9), (swap(1, 3), found(2, 2), 3, 8)]);
    }

    #[test]
    fn what_was_not_answered_happens_late_or_never() {
        let late = [(Put(1), Done, 0, 1), (Put(2), Unknown, 2, FOREVER), (Read, found(1, 1), 3, 4)];
        good(&late);
        good(&[&late[..], &[(Read, found(2, 2), 5, 6)]].concat());
        bad(&[&late[..], &[(Read, found(2, 2), 5, 6), (Read, found(1, 1), 7, 8)]].concat());
        bad(&[(Read, found(1, 1), 0, 1), (Put(1), Unknown, 2, FOREVER)]);
    }

    #[test]
    fn a_stale_read_is_found() {
        let two = [(Put(1), Done, 0, 1), (Put(2), Done, 2, 3)];
        bad(&[&two[..], &[(Read, found(1, 1), 4, 5)]].concat());
        // Two readers that disagree about the order.
        let at_once = [(Put(1), Done, 0, 9), (Put(2), Done, 0, 9), (Read, found(1, 1), 1, 2)];
        good(&[&at_once[..], &[(Read, found(2, 2), 3, 4)]].concat());
        bad(&[&at_once[..], &[(Read, found(2, 2), 3, 4), (Read, found(1, 1), 5, 6)]].concat());
    }

    #[test]
    fn a_lost_update_is_found() {
        let first = (Put(1), Done, 0, 1);
        bad(&[first, (swap(1, 2), Done, 2, 9), (swap(1, 3), Done, 2, 9)]);
        bad(&[first, (Put(2), Done, 2, 3), (swap(1, 3), Done, 4, 5)]);
        bad(&[first, (swap(1, 2), found(1, 1), 2, 3)]);
    }

    #[test]
    fn a_write_that_is_done_twice_is_found() {
        bad(&[(Put(1), Done, 0, 1), (Read, found(1, 2), 2, 3)]);
        let between = [(Put(1), Done, 0, 1), (Put(2), Done, 0, 3), (Read, found(2, 2), 4, 5)];
        bad(&[&between[..], &[(Read, found(1, 3), 6, 7)]].concat());
        bad(&[(Put(1), Done, 0, 1), (swap(1, 2), found(2, 2), 2, 3)]);
    }

    #[test]
    fn a_lost_write_is_found() {
        bad(&[(Put(1), Done, 0, 1), (Read, Answer::Found(None), 2, 3)]);
        bad(&[
            (Put(1), Done, 0, 1),
            (Read, found(1, 1), 2, 3),
            (Put(2), Done, 4, 5),
            (Read, found(1, 1), 6, 7),
        ]);
        // Nobody was told that it was written, but somebody has seen it.
        let seen = [(Put(1), Unknown, 0, FOREVER), (Read, found(1, 1), 1, 2)];
        good(&seen);
        bad(&[&seen[..], &[(Read, Answer::Found(None), 3, 4)]].concat());
    }

    /// All orders, without any cleverness.
    fn any_order(operations: &[Operation], left: u32, held: Held) -> bool {
        let is_left = |n: usize| left & (1 << n) != 0;
        let first = |n: usize| {
            (0..operations.len())
                .all(|other| !is_left(other) || operations[other].answered >= operations[n].called)
        };
        left == 0
            || (0..operations.len()).filter(|n| is_left(*n) && first(*n)).any(|n| {
                step(held, &operations[n])
                    .is_some_and(|after| any_order(operations, left & !(1 << n), after))
            })
    }

    /// Operations on a single copy that take time, one answer sometimes another than it was.
    fn random_history(random: &mut StdRng) -> Vec<Operation> {
        let mut held = None;
        let mut operations = Vec::new();
        for n in 0..random.random_range(1..8_usize) {
            let call = match random.random_range(0..5) {
                0 | 1 => Read,
                2 => Put(n as u64),
                3 => Delete,
                _ => Call::Swap {
                    expected: random.random_bool(0.8).then(|| random.random_range(0..=n as u64)),
                    new: Some(n as u64),
                },
            };
            let moment = 10 * n + 5;
            let (before, after) = (random.random_range(0..25), random.random_range(1..25));
            let (called, answered) = (moment.saturating_sub(before), moment + after);
            let answers = [Done, Answer::Found(held)];
            let mut one = Operation { call, answer: Done, called, answered };
            for answer in answers {
                one.answer = answer;
                if let Some(after) = step(held, &one) {
                    held = after;
                    break;
                }
            }
            if random.random_bool(0.2) {
                (one.answer, one.answered) = (Unknown, FOREVER);
            }
            operations.push(one);
        }
        if random.random_bool(0.6) {
            let wrong = random.random_range(0..operations.len());
            operations[wrong].answer = found(random.random_range(0..4), random.random_range(1..4));
        }
        operations
    }

    #[test]
    fn it_finds_what_trying_all_orders_finds() {
        let seed = rand::random();
        let mut random = StdRng::seed_from_u64(seed);
        let mut good = 0;
        for n in 0..20_000 {
            let operations = random_history(&mut random);
            let expected = any_order(&operations, (1 << operations.len()) - 1, None);
            let found = check(&operations);
            assert_eq!(found.is_ok(), expected, "seed {seed}, {n}: {operations:?} {found:?}");
            good += u32::from(expected);
        }
        assert!((2000..18_000).contains(&good), "{good} of 20000 are good");
    }
}

//! Sets of completion indexes, written like `1,3-5,7`.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use crate::object::Read;

/// A set of indexes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Indexes(Vec<(i64, i64)>);

impl Indexes {
    /// Reads the written form; what lies beyond `limit` or cannot be read is left out.
    pub(super) fn parse(text: &str, limit: i64) -> Self {
        let mut intervals: Vec<(i64, i64)> = Vec::new();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (Ok(first), Ok(last)) = (first.parse::<i64>(), last.parse::<i64>()) else {
                continue;
            };
            if first >= limit {
                break;
            }
            let last = last.min(limit - 1);
            match intervals.last_mut() {
                Some(previous) if previous.1 == first - 1 => previous.1 = last,
                _ => intervals.push((first, last)),
            }
        }
        Self(intervals)
    }

    /// The set with more indexes in it.
    pub(super) fn with(&self, more: impl Iterator<Item = i64>) -> Self {
        let mut all = self.0.clone();
        all.extend(more.map(|index| (index, index)));
        all.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::new();
        for (first, last) in all {
            match merged.last_mut() {
                Some(previous) if first <= previous.1 + 1 => previous.1 = previous.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        Self(merged)
    }

    /// How many there are.
    pub(super) fn total(&self) -> i64 {
        self.0.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// Whether an index is in it.
    pub(super) fn has(&self, index: i64) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&index))
    }

    fn overlap(&self, other: &Self) -> i64 {
        let pairs = self.0.iter().flat_map(|a| other.0.iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| (a.1.min(b.1) - a.0.max(b.0) + 1).max(0)).sum()
    }
}

impl fmt::Display for Indexes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (first, last)) in self.0.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            match last - first {
                0 => write!(f, "{comma}{first}")?,
                1 => write!(f, "{comma}{first},{last}")?,
                _ => write!(f, "{comma}{first}-{last}")?,
            }
        }
        Ok(())
    }
}

/// The first indexes that neither have nor had a pod that counts.
pub(super) fn free(limit: i64, count: usize, taken: &BTreeSet<i64>, sets: &[&Indexes]) -> Vec<i64> {
    (0..limit)
        .filter(|index| !taken.contains(index) && !sets.iter().any(|set| set.has(*index)))
        .take(count)
        .collect()
}

/// Whether `spec.successPolicy` is met, and by which rule.
pub(super) fn success(policy: &Value, limit: i64, succeeded: &Indexes) -> Option<String> {
    if succeeded.0.is_empty() {
        return None;
    }
    let met = |rule: &Value| {
        let count = rule.number("succeededCount");
        if rule.has("succeededIndexes") {
            let required = Indexes::parse(rule.text("succeededIndexes"), limit);
            let contained = required.overlap(succeeded);
            !required.0.is_empty()
                && (contained == required.total() || count.is_some_and(|count| contained >= count))
        } else {
            count.is_some_and(|count| succeeded.total() >= count)
        }
    };
    let at = policy.list("rules").iter().position(met)?;
    Some(format!("Matched rules at index {at}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, more: &[i64], want: &str) {
        let got = Indexes::parse(text, 100).with(more.iter().copied());
        assert_eq!(got.to_string(), want);
        assert_eq!(Indexes::parse(want, 100), got);
    }

    #[test]
    fn intervals_merge_and_print_as_upstream_prints_them() {
        check("", &[], "");
        check("", &[3, 1], "1,3");
        check("1,2", &[3], "1-3");
        check("1-3,7", &[5, 6], "1-3,5-7");
        check("0-99", &[4], "0-99");
    }

    #[test]
    fn indexes_beyond_the_limit_do_not_count() {
        assert_eq!(Indexes::parse("1-5,9", 4).to_string(), "1-3");
    }
}

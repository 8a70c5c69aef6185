//! Filters on sets of fields: what a strategy resets is not owned by who writes it.

use super::path::PathElement;
use super::set::Set;

/// Which fields a write through a resource or subresource can own (`fieldpath.Filter`).
#[derive(Clone, Debug)]
pub enum Filter {
    /// All but these and what lies below them.
    Exclude(Set),
    /// Only what matches.
    Include(Pattern),
}

impl Filter {
    /// The fields of `set` that pass.
    pub fn apply(&self, mut set: Set) -> Set {
        match self {
            Filter::Exclude(excluded) => {
                set.remove_below(excluded);
                set
            }
            Filter::Include(pattern) => pattern.filter(&set),
        }
    }
}

/// A set of path prefixes with wildcards (`fieldpath.SetMatcher`).
#[derive(Clone, Debug)]
pub enum Pattern {
    /// Matches everything below.
    All,
    /// Matches elements, a wildcard if none; wildcards are to come first.
    Below(Vec<(Option<PathElement>, Pattern)>),
}

impl Pattern {
    /// A pattern for everything below one of the paths, in which `*` is any element.
    pub fn prefixes(paths: &[&[&str]]) -> Self {
        if paths.iter().any(|path| path.is_empty()) {
            return Self::All;
        }
        let mut names: Vec<&str> = paths.iter().map(|path| path[0]).collect();
        names.sort_unstable_by_key(|name| (*name != "*", *name));
        names.dedup();
        let below = names.into_iter().map(|name| {
            let rest: Vec<&[&str]> =
                paths.iter().filter(|path| path[0] == name).map(|path| &path[1..]).collect();
            ((name != "*").then(|| PathElement::field(name)), Self::prefixes(&rest))
        });
        Self::Below(below.collect())
    }

    fn filter(&self, set: &Set) -> Set {
        let Self::Below(members) = self else { return set.clone() };
        set.filtered(&mut |element, children| {
            members
                .iter()
                .find(|(wanted, _)| wanted.as_ref().is_none_or(|wanted| wanted == element))
                .map(|(_, below)| below.filter(children))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[track_caller]
    fn check(filter: &Filter, given: &str, expected: &str) {
        let set = Set::from_value(&Value::from(given)).expect("a set");
        assert_eq!(filter.apply(set).to_json(), expected);
    }

    #[test]
    fn excluded_fields_go_with_all_below_them() {
        check(
            &Filter::Exclude(Set::of_fields(&[&["status"], &["metadata", "labels"]])),
            r#"{"f:metadata":{"f:labels":{"f:a":{}},"f:name":{}},"f:status":{"f:x":{}}}"#,
            r#"{"f:metadata":{"f:name":{}}}"#,
        );
    }

    #[test]
    fn included_prefixes_may_hold_wildcards() {
        check(
            &Filter::Include(Pattern::prefixes(&[&["spec", "containers", "*", "resources"]])),
            r#"{"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{"f:image":{},"f:resources":{"f:x":{}}}},"f:y":{}}}"#,
            r#"{"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{"f:resources":{"f:x":{}}}}}}"#,
        );
    }
}

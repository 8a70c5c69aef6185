//! `docs/conformance.md`: the recorded results as a page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use pintle_conformance::Error;
use pintle_conformance::results::{self, Expected};
use pintle_conformance::suite::{self, State, Times};

use super::{BASELINE, RESULTS};

const PAGE: &str = "docs/conformance.md";
const HEAD: &str = "\
<!-- Written by `cargo xtask conformance page` from conformance/results. -->
# Conformance

Results of upstream's conformance tests, release v1.37.1, on the bench in `conformance/`: stock nodes with
stock kubelets, kube-proxies and containerd, and a control plane whose parts are stock's or ours. The
letters of a configuration say whose the API server, the scheduler and the controller manager are: `s` for
stock, `p` for Pintle; `-etcd` is added where our API server stores in etcd and not in its own store.
";

/// Writes the page.
pub(super) fn write(root: &Path) -> Result<(), String> {
    let file = root.join(PAGE);
    let page = page(root).map_err(|error| error.to_string())?;
    std::fs::write(&file, page).map_err(|error| format!("{}: {error}", file.display()))
}

fn page(root: &Path) -> Result<String, Error> {
    let folder = root.join(RESULTS);
    let baseline = Expected::read(&folder, BASELINE)?;
    let total = suite::all().count();
    let mut page = format!(
        "{HEAD}\n| configuration | passed | failed | skipped | not run |\n|---|---|---|---|---|\n"
    );
    let mut details = String::new();
    let mut repeated = BTreeMap::new();
    for name in results::names(&folder)? {
        let recorded = Expected::read(&folder, &name)?;
        let count = |state| recorded.states.values().filter(|known| **known == state).count();
        let (passed, failed, skipped) =
            (count(State::Passed), count(State::Failed), count(State::Skipped));
        let rest = total.saturating_sub(recorded.states.len());
        // Writing to a string cannot fail.
        writeln!(page, "| `{name}` | {passed} | {failed} | {skipped} | {rest} |").ok();
        describe(&mut details, &name, &recorded, &baseline);
        repeated.insert(name, recorded.times);
    }
    Ok(page + &details + &of_repeated(&repeated))
}

/// How often tests passed that were repeated, by configuration.
fn of_repeated(all: &BTreeMap<String, BTreeMap<String, Times>>) -> String {
    let tests: BTreeSet<&String> = all.values().flat_map(BTreeMap::keys).collect();
    if tests.is_empty() {
        return String::new();
    }
    let mut text = "\n## Tests that were repeated\n\nHow often each passed:\n".to_owned();
    for test in tests {
        let figures = all.iter().filter_map(|(name, times)| Some((name, times.get(test)?)));
        let figures: Vec<String> =
            figures.map(|(name, times)| format!("`{name}` {times}")).collect();
        write!(text, "\n- {test}: {}", figures.join(", ")).ok();
    }
    text + "\n"
}

fn describe(page: &mut String, name: &str, recorded: &Expected, baseline: &Expected) {
    let bad: Vec<_> =
        recorded.states.iter().filter(|(_, state)| **state != State::Passed).collect();
    if recorded.usage.is_empty() && bad.is_empty() {
        return;
    }
    writeln!(page, "\n## `{name}`").ok();
    if !recorded.usage.is_empty() {
        let table = results::table(&recorded.usage, &baseline.usage);
        writeln!(page, "\nWhat the whole suite cost:\n\n```\n{table}```").ok();
    }
    if !bad.is_empty() {
        writeln!(page, "\nKnown not to pass:\n").ok();
        for (test, state) in bad {
            writeln!(page, "- {}: {test}", state.word()).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use pintle_conformance::suite::Times;

    use super::{PAGE, of_repeated, page};

    #[test]
    fn repeated_tests_stand_with_the_figures_of_every_configuration() {
        let of = |passed| BTreeMap::from([("[x] a".to_owned(), Times { passed, all: 10 })]);
        let none = BTreeMap::new();
        let all = [("ppp", none), ("pss", of(10)), ("sss", of(9))];
        let all = all.map(|(name, times)| (name.to_owned(), times)).into();
        let want = "\n- [x] a: `pss` 10 of 10, `sss` 9 of 10\n";
        assert!(of_repeated(&all).ends_with(want));
        assert_eq!(of_repeated(&BTreeMap::new()), "");
    }

    #[test]
    fn the_page_says_what_is_recorded() {
        let root = crate::root();
        let there = std::fs::read_to_string(root.join(PAGE)).expect("the page is there");
        assert!(page(&root).unwrap() == there, "run `cargo xtask conformance page`");
    }
}

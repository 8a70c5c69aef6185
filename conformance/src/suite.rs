//! The upstream suite: which tests there are, and a run of some of them on a cluster.

mod progress;
mod report;

use std::collections::BTreeMap;
use std::fmt;
use std::num::ParseIntError;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, Instant};

use regex::Regex;

use crate::Error;
use crate::cluster::Cluster;
use crate::plane::{Make, Parts};
use crate::process::Background;
use crate::stock::Stock;
use progress::{Count, Progress};

pub use report::{Outcome, State};

/// All conformance tests of the release, each with what it needs.
const TESTS: &str = include_str!("../tests.tsv");
/// Tests that cross every pair of parts and are done in minutes.
const SMOKE: &str = include_str!("../smoke.txt");
/// What our parts cannot do yet: the part, a pattern of the tests that need it, and what it is.
const MISSING: &str = include_str!("../missing.tsv");
/// What the name of a test says that must run alone.
const SERIAL: &str = "[Serial]";
const POLL: Duration = Duration::from_millis(200);
const SAMPLE: Duration = Duration::from_secs(5);

/// A test of the suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Test {
    /// What it needs: `A` the API, `C` controllers too, `K` pods that run, `R` what runs in them.
    pub tier: &'static str,
    /// Full name.
    pub name: &'static str,
}

impl Test {
    /// Whether it must run alone.
    pub fn serial(self) -> bool {
        self.name.contains(SERIAL)
    }
}

/// Which tests to run.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Only these tiers; all if empty.
    pub tiers: String,
    /// Only names that match.
    pub focus: Option<Regex>,
    /// Only the smoke set.
    pub smoke: bool,
}

impl Choice {
    /// Whether everything is chosen.
    pub fn is_whole(&self) -> bool {
        self.tiers.is_empty() && self.focus.is_none() && !self.smoke
    }

    /// The tests that are chosen.
    pub fn tests(&self) -> Vec<Test> {
        let chosen = |test: &Test| {
            (self.tiers.is_empty() || self.tiers.contains(test.tier))
                && self.focus.as_ref().is_none_or(|focus| focus.is_match(test.name))
                && (!self.smoke || SMOKE.lines().any(|line| line == test.name))
        };
        all().filter(chosen).collect()
    }
}

/// Tests that cannot run, for want of something in a part that is ours.
#[derive(Debug)]
pub struct Missing {
    /// Part.
    pub part: &'static str,
    /// What it does not have.
    pub what: &'static str,
    /// How many tests need it.
    pub tests: usize,
}

/// Takes those tests out that need what our parts do not have yet, and says why.
pub fn take_missing(tests: &mut Vec<Test>, parts: Parts) -> Vec<Missing> {
    let ours = |part: &str| {
        parts.named().iter().any(|(name, make)| *name == part && *make == Make::Pintle)
    };
    let needed = gaps().filter(|(part, ..)| ours(part)).map(|(part, names, what)| {
        let before = tests.len();
        tests.retain(|test| !names.is_match(test.name));
        Missing { part, what, tests: before - tests.len() }
    });
    needed.filter(|missing| missing.tests > 0).collect()
}

fn gaps() -> impl Iterator<Item = (&'static str, Regex, &'static str)> {
    MISSING.lines().map(|line| {
        let mut fields = line.splitn(3, '\t');
        let mut field = || fields.next().unwrap_or_default();
        let (part, names, what) = (field(), field(), field());
        (part, Regex::new(names).expect("a test reads all patterns"), what)
    })
}

/// All conformance tests.
pub fn all() -> impl Iterator<Item = Test> {
    TESTS.lines().filter_map(|line| {
        let (tier, name) = line.split_once('\t')?;
        Some(Test { tier, name })
    })
}

/// What a part has used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// Processor seconds.
    pub seconds: f64,
    /// The most bytes that were resident.
    pub peak: u64,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Results {
    /// By the test's name.
    pub outcomes: BTreeMap<String, Outcome>,
    /// By the part's name.
    pub usage: BTreeMap<String, Usage>,
    /// How often each test passed, by its name.
    pub times: BTreeMap<String, Times>,
    /// How often a part of the plane ended by itself and was started again.
    pub restarts: usize,
    /// Seconds on the clock.
    pub seconds: f64,
}

impl Results {
    /// Adds what came of another run of the same tests; of a test's outcomes the worst stays.
    pub fn add(&mut self, other: Self) {
        for (test, outcome) in other.outcomes {
            let known = self.outcomes.get(&test);
            if known.is_none_or(|known| known.state == State::Passed) {
                self.outcomes.insert(test, outcome);
            }
        }
        for (test, times) in other.times {
            let sum = self.times.entry(test).or_default();
            sum.passed += times.passed;
            sum.all += times.all;
        }
        self.usage = other.usage;
        self.restarts += other.restarts;
        self.seconds += other.seconds;
    }
}

/// How often a test passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// How often it passed.
    pub passed: usize,
    /// How often it ran.
    pub all: usize,
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.passed, self.all)
    }
}

impl FromStr for Times {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (passed, all) = text.split_once(" of ").unwrap_or((text, ""));
        Ok(Self { passed: passed.parse()?, all: all.parse()? })
    }
}

/// How to run.
pub struct Runner<'a> {
    /// The stock release.
    pub stock: &'a Stock,
    /// How many tests at once, those apart that must run alone.
    pub procs: usize,
    /// Folder for reports and logs.
    pub folder: &'a Path,
    /// How long each phase may take, in Go's words.
    pub limit: &'a str,
    /// Is given a line for each test.
    pub print: &'a (dyn Fn(&str) + Sync),
}

impl Runner<'_> {
    /// Runs tests: those that may run beside others first, then the others one by one.
    pub fn run(&self, cluster: &mut Cluster, tests: &[Test]) -> Result<Results, Error> {
        let started = Instant::now();
        let mut results = Results::default();
        let (serial, parallel): (Vec<Test>, Vec<Test>) =
            tests.iter().copied().partition(|test| test.serial());
        let mut count = Count { all: tests.len(), ..Count::default() };
        for (name, tests, procs) in [("parallel", parallel, self.procs), ("serial", serial, 1)] {
            if !tests.is_empty() {
                self.phase(cluster, &mut count, &mut results, (name, &tests, procs))?;
            }
        }
        results.seconds = started.elapsed().as_secs_f64();
        Ok(results)
    }

    fn phase(
        &self,
        cluster: &mut Cluster,
        count: &mut Count,
        results: &mut Results,
        (name, tests, procs): (&str, &[Test], usize),
    ) -> Result<(), Error> {
        let mut progress = Progress::new(self.folder.join(format!("suite-{name}.log")));
        let mut ginkgo = self.start(cluster, (name, tests, procs))?;
        let mut sampled = Instant::now();
        loop {
            let ended = ginkgo.ended()?.is_some();
            progress.lines(count).iter().for_each(|line| (self.print)(line));
            if ended {
                break;
            }
            std::thread::sleep(POLL);
            if sampled.elapsed() > SAMPLE {
                sampled = Instant::now();
                sample(cluster, &mut results.usage);
                for ended in cluster.revive()? {
                    (self.print)(&format!("{ended}\nit was started again"));
                    results.restarts += 1;
                }
            }
        }
        sample(cluster, &mut results.usage);
        let report = self.folder.join(format!("{name}.json"));
        let outcomes = report::read(&report).map_err(|error| Error::Program {
            program: "ginkgo".into(),
            reason: format!("{error}\n{}", ginkgo.tail()),
        })?;
        for test in tests {
            let outcome = outcomes.get(test.name).cloned().unwrap_or_else(Outcome::missing);
            let passed = usize::from(outcome.state == State::Passed);
            results.times.insert(test.name.into(), Times { passed, all: 1 });
            results.outcomes.insert(test.name.into(), outcome);
        }
        Ok(())
    }

    fn start(
        &self,
        cluster: &Cluster,
        (name, tests, procs): (&str, &[Test], usize),
    ) -> Result<Background, Error> {
        let names: Vec<String> = tests.iter().map(|test| regex::escape(test.name)).collect();
        let mut path = self.stock.folder().as_os_str().to_owned();
        path.push(":");
        path.push(crate::cluster::requirements::path());
        let folder = self.folder.display();
        let arguments = [
            "--no-color".into(),
            "--silence-skips".into(),
            "-v".into(),
            format!("--timeout={}", self.limit),
            format!("--procs={procs}"),
            format!("--output-dir={folder}"),
            format!("--json-report={name}.json"),
            format!("--junit-report={name}.xml"),
            format!("--focus=(?:{})$", names.join("|")),
            self.stock.program("e2e.test").display().to_string(),
            "--".into(),
            "--provider=skeleton".into(),
            format!("--kubeconfig={}", cluster.kubeconfig().display()),
            format!("--kubectl-path={}", self.stock.program("kubectl").display()),
            "--disable-log-dump".into(),
            "--dump-logs-on-failure=false".into(),
        ];
        cluster.first().enter(|| {
            let ginkgo = self.stock.program("ginkgo");
            Background::configured(&format!("suite-{name}"), &ginkgo, self.folder, |command| {
                command.args(&arguments).env("PATH", &path).env_remove("KUBECONFIG");
                command.current_dir(self.folder);
            })
        })?
    }
}

/// Reads what every part has used so far.
fn sample(cluster: &Cluster, usage: &mut BTreeMap<String, Usage>) {
    for part in cluster.parts() {
        if let (Some((seconds, _)), Some(peak)) = (part.usage(), part.peak()) {
            usage.insert(part.name().into(), Usage { seconds, peak });
        }
    }
}

/// Where the suite's own words are, in a folder of results.
pub fn log(folder: &Path, test: &str) -> PathBuf {
    let serial = test.contains(SERIAL);
    folder.join(if serial { "suite-serial.log" } else { "suite-parallel.log" })
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::{Choice, Outcome, Results, SMOKE, State, Times, all, gaps, take_missing};
    use crate::plane::{Make, Parts};

    #[track_caller]
    fn check(choice: Choice, want: usize) {
        assert_eq!(choice.tests().len(), want);
    }

    #[test]
    fn every_test_has_a_tier_and_a_name_of_its_own() {
        let mut names: Vec<&str> = all().map(|test| test.name).collect();
        assert_eq!(names.len(), 462);
        assert!(all().all(|test| "ACKR".contains(test.tier) && test.tier.len() == 1));
        assert_eq!(all().filter(|test| test.serial()).count(), 29);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 462);
    }

    #[test]
    fn tests_are_chosen_by_tier_and_by_name() {
        check(Choice::default(), 462);
        check(Choice { tiers: "A".into(), ..Choice::default() }, 119);
        check(Choice { tiers: "AC".into(), ..Choice::default() }, 139);
        let focus = Regex::new("lease API should be available").ok();
        check(Choice { focus: focus.clone(), ..Choice::default() }, 1);
        check(Choice { focus, tiers: "R".into(), ..Choice::default() }, 0);
    }

    #[test]
    fn what_our_parts_lack_is_left_out_where_they_are_ours() {
        for (part, names, what) in gaps() {
            assert!(["apiserver", "scheduler", "controllers"].contains(&part), "{part}");
            assert!(all().any(|test| names.is_match(test.name)), "{names} matches no test");
            assert!(!what.is_empty(), "{names}");
        }
        let left = |parts| {
            let mut tests: Vec<_> = all().collect();
            let missing = take_missing(&mut tests, parts);
            let taken: usize = missing.iter().map(|missing| missing.tests).sum();
            assert_eq!(taken + tests.len(), 462);
            tests.len()
        };
        let stock = Parts::all(Make::Stock);
        let ours = Parts::all(Make::Pintle);
        assert_eq!(left(stock), 462);
        assert!(left(ours) < left(Parts { apiserver: Make::Pintle, ..stock }));
    }

    #[test]
    fn of_a_test_that_is_repeated_the_worst_counts() {
        let run = |state| {
            let outcome = Outcome { state, seconds: 1.0, message: String::new() };
            let times = Times { passed: usize::from(state == State::Passed), all: 1 };
            Results {
                outcomes: [("a".to_owned(), outcome)].into(),
                times: [("a".to_owned(), times)].into(),
                ..Results::default()
            }
        };
        let mut results = run(State::Passed);
        results.add(run(State::Failed));
        results.add(run(State::Passed));
        assert_eq!(results.outcomes["a"].state, State::Failed);
        assert_eq!(results.times["a"].to_string(), "2 of 3");
        assert_eq!("2 of 3".parse(), Ok(Times { passed: 2, all: 3 }));
        assert!("2".parse::<Times>().is_err());
    }

    #[test]
    fn the_smoke_set_is_of_tests_that_there_are() {
        let chosen = Choice { smoke: true, ..Choice::default() };
        check(chosen, SMOKE.lines().count());
    }
}

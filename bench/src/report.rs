//! What the rounds say together: a table, a page, and the raw figures.

mod apiserver;
mod quick;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use pintle_conformance::plane::Make;
use pintle_conformance::stock::RELEASE;
use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::machine::Machine;
use crate::quick::Figures;

pub(crate) use apiserver::APISERVER;
pub(crate) use quick::QUICK;

const RAW: &str = "bench/results";
const PAGE: &str = "docs/performance.md";
/// What the page holds, in order.
const COMPARISONS: &[Comparison] = &[APISERVER, QUICK];

/// What is compared, and how it is told.
#[derive(Clone, Copy)]
pub(crate) struct Comparison {
    /// Name of its file of raw figures.
    name: &'static str,
    /// Title on the page.
    title: &'static str,
    /// Who ran.
    about: &'static str,
    lines: fn() -> Vec<Line>,
    method: fn() -> String,
}

/// What ours is to reach.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// Nothing was promised.
    None,
    /// At most so much.
    AtMost(f64),
    /// So many times less than stock.
    TimesLess(f64),
    /// So many times more than stock.
    TimesMore(f64),
}

/// A line of the table.
pub(crate) struct Line {
    figure: String,
    what: String,
    unit: &'static str,
    goal: Goal,
}

/// The figures of all rounds.
#[derive(Serialize, Deserialize)]
pub(crate) struct Results {
    release: String,
    command: String,
    machine: Machine,
    stock: Vec<Figures>,
    pintle: Vec<Figures>,
    /// What the last round's answers differ in, after masking.
    differences: Vec<String>,
}

/// The middle of several rounds, with its neighbours.
#[derive(Clone, Copy)]
struct Spread {
    low: f64,
    median: f64,
    high: f64,
}

impl Results {
    pub(crate) fn new(command: String) -> Self {
        Self {
            release: RELEASE.into(),
            command,
            machine: Machine::here(),
            stock: Vec::new(),
            pintle: Vec::new(),
            differences: Vec::new(),
        }
    }

    /// Adds what a round measured.
    pub(crate) fn add(&mut self, make: Make, figures: Figures) {
        match make {
            Make::Stock => self.stock.push(figures),
            Make::Pintle => self.pintle.push(figures),
        }
    }

    /// Says what the answers of both differ in.
    pub(crate) fn set_differences(&mut self, differences: Vec<String>) {
        self.differences = differences;
    }

    /// Writes the raw figures, and the page of all comparisons anew.
    pub(crate) fn write(&self, root: &Path, comparison: Comparison) -> Result<(), Failure> {
        let file = raw(root, comparison);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, serde_json::to_string_pretty(self)? + "\n")?;
        write_page(root)
    }

    /// The table, in Markdown.
    pub(crate) fn table(&self, comparison: Comparison) -> String {
        let mut table = String::from(
            "| measure | unit | stock | Pintle | ratio | goal | reached |\n\
             |---|---|---:|---:|---:|---|---|\n",
        );
        for line in (comparison.lines)() {
            let stock = Spread::of(&self.stock, &line.figure);
            let pintle = Spread::of(&self.pintle, &line.figure);
            let (Some(stock), Some(pintle)) = (stock, pintle) else { continue };
            let times = match line.goal {
                Goal::TimesMore(_) => pintle.median / stock.median,
                _ => stock.median / pintle.median,
            };
            let (goal, reached) = line.goal.judge(times, pintle.median);
            // Writing to a string cannot fail.
            writeln!(
                table,
                "| {} | {} | {stock} | {pintle} | {times:.1}× | {goal} | {reached} |",
                line.what, line.unit
            )
            .ok();
        }
        table
    }

    /// A section of the page.
    fn section(&self, comparison: Comparison) -> String {
        let machine = &self.machine;
        let mut section = format!(
            "## {}\n\n\
             Measured by `{}`; raw figures in `{RAW}/{}.json`. {} (release {}) ran one after the \
             other in each of {} rounds, on {} processors ({}), {} GiB, Linux {}. Figures are \
             medians, with the lowest and the highest in brackets.\n\n",
            comparison.title,
            self.command,
            comparison.name,
            comparison.about,
            self.release,
            self.stock.len(),
            machine.processors,
            machine.model,
            machine.memory_gib,
            machine.kernel,
        );
        section.push_str(&self.table(comparison));
        section.push_str("\nWhat is compared:\n\n");
        section.push_str(&(comparison.method)());
        if self.differences.is_empty() {
            section.push_str(
                "- A GET of a pod in JSON and in protobuf and a LIST in JSON gave the same bytes on \
                 both, after masking uids, times and resource versions.\n",
            );
        } else {
            section.push_str("\nThe answers of both differ:\n");
            for difference in &self.differences {
                // Writing to a string cannot fail.
                write!(section, "\n```\n{difference}\n```\n").ok();
            }
        }
        section
    }
}

/// File of the raw figures.
fn raw(root: &Path, comparison: Comparison) -> PathBuf {
    root.join(RAW).join(comparison.name).with_extension("json")
}

/// Writes the page from the raw figures that there are.
pub(crate) fn write_page(root: &Path) -> Result<(), Failure> {
    Ok(std::fs::write(root.join(PAGE), page(root)?)?)
}

fn page(root: &Path) -> Result<String, Failure> {
    let mut page = String::from(
        "<!-- Written by `cargo xtask bench page` from bench/results. -->\n# Performance\n",
    );
    for comparison in COMPARISONS {
        let file = raw(root, *comparison);
        if file.exists() {
            let results: Results = serde_json::from_str(&std::fs::read_to_string(file)?)?;
            page.push('\n');
            page.push_str(&results.section(*comparison));
        }
    }
    Ok(page)
}

/// A line of a table.
fn line(figure: &str, what: &str, unit: &'static str, goal: Goal) -> Line {
    Line { figure: figure.into(), what: what.into(), unit, goal }
}

impl Goal {
    /// The goal in words, and whether it is reached.
    fn judge(self, times: f64, ours: f64) -> (String, &'static str) {
        let (words, reached) = match self {
            Self::None => return (String::new(), ""),
            Self::AtMost(most) => (format!("≤ {most}"), ours <= most),
            Self::TimesLess(least) => (format!("≥ {least}× less"), times >= least),
            Self::TimesMore(least) => (format!("≥ {least}× more"), times >= least),
        };
        (words, if reached { "yes" } else { "no" })
    }
}

impl Spread {
    fn of(rounds: &[Figures], name: &str) -> Option<Self> {
        let mut figures: Vec<f64> =
            rounds.iter().filter_map(|one| one.get(name).copied()).collect();
        figures.sort_by(f64::total_cmp);
        let (low, high) = (*figures.first()?, *figures.last()?);
        let middle = figures.len() / 2;
        let median = if figures.len().is_multiple_of(2) {
            f64::midpoint(figures[middle - 1], figures[middle])
        } else {
            figures[middle]
        };
        Some(Self { low, median, high })
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = usize::from(self.median < 100.0);
        let Self { low, median, high } = self;
        write!(f, "{median:.digits$} ({low:.digits$}–{high:.digits$})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stock: &[f64], pintle: &[f64], line: &str) {
        let rounds = |figures: &[f64]| -> Vec<Figures> {
            figures.iter().map(|one| Figures::from([("ready.ms".to_owned(), *one)])).collect()
        };
        let mut results = Results::new(String::new());
        results.stock = rounds(stock);
        results.pintle = rounds(pintle);
        assert_eq!(results.table(QUICK).lines().nth(2), Some(line));
    }

    #[test]
    fn a_line_holds_medians_spread_and_ratio() {
        check(
            &[3000.0, 5000.0, 4000.0],
            &[500.0, 400.0, 700.0],
            "| Exec to ready | ms | 4000 (3000–5000) | 500 (400–700) | 8.0× | ≤ 1000 | yes |",
        );
    }

    #[test]
    fn a_goal_that_is_missed_is_said_to_be() {
        check(
            &[3000.0],
            &[1500.0],
            "| Exec to ready | ms | 3000 (3000–3000) | 1500 (1500–1500) | 2.0× | ≤ 1000 | no |",
        );
    }

    #[test]
    fn the_page_is_made_of_the_raw_figures() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let there = std::fs::read_to_string(root.join(PAGE)).expect("the page is there");
        assert!(page(&root).unwrap() == there, "run `cargo xtask bench page`");
    }
}

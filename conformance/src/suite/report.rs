//! Ginkgo's report of a run.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::Error;

/// What came of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It passed.
    Passed,
    /// It failed, or was cut.
    Failed,
    /// It was left out, by its own decision or because the run ended.
    Skipped,
}

impl State {
    /// The word that stands in lists.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// What came of a test, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What came of it.
    pub state: State,
    /// How long it took.
    pub seconds: f64,
    /// Why it failed or was left out.
    pub message: String,
}

impl Outcome {
    /// A test of which the report says nothing.
    pub(super) fn missing() -> Self {
        let message = "the suite did not come to it".into();
        Self { state: State::Skipped, seconds: 0.0, message }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Suite {
    spec_reports: Option<Vec<Spec>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Spec {
    container_hierarchy_texts: Option<Vec<String>>,
    leaf_node_text: String,
    state: String,
    /// Nanoseconds.
    run_time: f64,
    failure: Option<Failure>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase")]
struct Failure {
    #[serde(default)]
    message: String,
}

/// Reads a report; outcomes by the tests' names.
pub(super) fn read(file: &Path) -> Result<BTreeMap<String, Outcome>, Error> {
    let content = std::fs::read(file).map_err(|error| Error::file(file, error))?;
    let suites: Vec<Suite> =
        serde_json::from_slice(&content).map_err(|error| Error::file(file, error.into()))?;
    let specs = suites.into_iter().filter_map(|suite| suite.spec_reports).flatten();
    Ok(specs.map(outcome).collect())
}

fn outcome(spec: Spec) -> (String, Outcome) {
    let mut words = spec.container_hierarchy_texts.unwrap_or_default();
    words.push(spec.leaf_node_text);
    let state = match spec.state.as_str() {
        "passed" => State::Passed,
        "skipped" | "pending" => State::Skipped,
        _ => State::Failed,
    };
    let message = spec.failure.unwrap_or_default().message;
    (words.join(" "), Outcome { state, seconds: spec.run_time / 1e9, message })
}

#[cfg(test)]
mod tests {
    use super::{State, read};

    #[test]
    fn a_report_is_read_by_full_names() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.json");
        let report = r#"[{"SpecReports": [
            {"ContainerHierarchyTexts": ["[sig-a] A", "b"], "LeafNodeText": "c", "State": "passed",
             "RunTime": 1500000000},
            {"ContainerHierarchyTexts": null, "LeafNodeText": "d", "State": "timedout",
             "RunTime": 0, "Failure": {"Message": "too late"}},
            {"ContainerHierarchyTexts": [], "LeafNodeText": "e", "State": "skipped", "RunTime": 0}
        ]}]"#;
        std::fs::write(&file, report).unwrap();
        let outcomes = read(&file).unwrap();
        assert_eq!(outcomes["[sig-a] A b c"].state, State::Passed);
        assert!((outcomes["[sig-a] A b c"].seconds - 1.5).abs() < 1e-9);
        assert_eq!(outcomes["d"].state, State::Failed);
        assert_eq!(outcomes["d"].message, "too late");
        assert_eq!(outcomes["e"].state, State::Skipped);
    }
}

//! `--controllers`: which controllers run.

use pintle_controllers::{CONTROLLERS, Controller};

/// Names and aliases of upstream's controllers that have no row here: they may be named, and are
/// not there to be started.
const OTHERS: &[(&str, &str)] = &[
    ("legacy-serviceaccount-token-cleaner-controller", "legacy-service-account-token-cleaner"),
    ("kube-apiserver-serving-clustertrustbundle-publisher-controller", ""),
    ("statefulset-controller", "statefulset"),
    ("cronjob-controller", "cronjob"),
    ("horizontal-pod-autoscaler-controller", "horizontalpodautoscaling"),
    ("disruption-controller", "disruption"),
    ("endpoints-controller", "endpoint"),
    ("endpointslice-mirroring-controller", "endpointslicemirroring"),
    ("service-cidr-controller", ""),
    ("podcertificaterequest-cleaner-controller", ""),
    ("validatingadmissionpolicy-status-controller", ""),
    ("persistentvolume-binder-controller", "persistentvolume-binder"),
    ("persistentvolume-attach-detach-controller", "attachdetach"),
    ("persistentvolume-expander-controller", "persistentvolume-expander"),
    ("ephemeral-volume-controller", "ephemeral-volume"),
    ("volumeattributesclass-protection-controller", ""),
    ("resourceclaim-controller", "resource-claim-controller"),
    ("device-taint-eviction-controller", ""),
    ("storage-version-migrator-controller", "svm"),
    ("selinux-warning-controller", ""),
    ("podgroup-protection-controller", ""),
    ("resourcepoolstatusrequest-controller", ""),
    ("storageversion-garbage-collector-controller", "storage-version-gc"),
];

/// A name that no controller has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not in the list of known controllers")]
pub struct UnknownController(pub String);

/// Runs whatever the list says: the other controllers' tokens come from it
/// (`app.BuildControllers`).
const ALWAYS: &str = "serviceaccount-token-controller";

/// The rows that a `--controllers` list turns on (`app.IsControllerEnabled`).
pub fn enabled(list: &[String]) -> Result<Vec<&'static Controller>, Vec<UnknownController>> {
    let mut unknown = Vec::new();
    let mut choices: Vec<(&str, bool)> = Vec::new();
    let mut star = list.is_empty();
    for entry in list {
        if entry == "*" {
            star = true;
            continue;
        }
        let (name, on) = entry.strip_prefix('-').map_or((entry.as_str(), true), |n| (n, false));
        match canonical(name) {
            Some(name) => choices.push((name, on)),
            None => unknown.push(UnknownController(name.to_owned())),
        }
    }
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let is_on = |row: &&&'static Controller| {
        let choice = choices.iter().find(|(name, _)| *name == row.name);
        row.name == ALWAYS || choice.map_or(star && row.by_default, |(_, on)| *on)
    };
    Ok(CONTROLLERS.iter().filter(is_on).copied().collect())
}

/// Controllers that a list names and that have no row here.
pub(crate) fn absent(list: &[String]) -> impl Iterator<Item = &'static str> {
    let names = list.iter().filter_map(|name| canonical(name));
    names.filter(|name| OTHERS.iter().any(|(other, _)| other == name))
}

fn canonical(name: &str) -> Option<&'static str> {
    let rows = CONTROLLERS.iter().map(|row| (row.name, row.alias));
    rows.chain(OTHERS.iter().copied())
        .find(|(full, alias)| *full == name || (!alias.is_empty() && *alias == name))
        .map(|(full, _)| full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &[&str], name: &str, want: bool) {
        let list: Vec<String> = list.iter().map(|entry| (*entry).to_owned()).collect();
        let rows = enabled(&list).unwrap();
        assert_eq!(rows.iter().any(|row| row.name == name), want);
    }

    #[test]
    fn a_star_turns_on_what_runs_by_default() {
        check(&["*"], "deployment-controller", true);
        check(&["*"], "token-cleaner-controller", false);
        check(&["*", "tokencleaner"], "token-cleaner-controller", true);
        check(&["*", "-deployment"], "deployment-controller", false);
        check(&["job-controller"], "deployment-controller", false);
        check(&["*", "-cronjob"], "deployment-controller", true);
    }

    #[test]
    fn tokens_are_made_whatever_the_list_says() {
        check(&["cronjob-controller"], "serviceaccount-token-controller", true);
        check(&["*", "-serviceaccount-token-controller"], "serviceaccount-token-controller", true);
    }

    #[test]
    fn controllers_that_are_not_here_are_told() {
        let list = ["*", "cronjob", "-disruption", "job-controller"].map(str::to_owned);
        assert_eq!(absent(&list).collect::<Vec<_>>(), ["cronjob-controller"]);
    }

    #[test]
    fn names_that_nobody_has_are_refused() {
        let error = enabled(&["nope".into()]).map(|rows| rows.len()).unwrap_err();
        assert_eq!(error[0].to_string(), r#""nope" is not in the list of known controllers"#);
    }
}

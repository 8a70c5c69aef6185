//! The feature gates of the release, and what `--feature-gates` may say of them
//! (`component-base/featuregate`).
//!
//! The table is a file of lines `name, stage, default, locked, dependencies`, separated by tabs,
//! read from the feature declarations of the pinned modules.

use std::collections::BTreeMap;

use pintle_machinery::flags::parse_bool;

const TABLE: &str = include_str!("features.tsv");
/// The component whose gates these are; a gate without a component is one of its.
const COMPONENT: &str = "kube";

/// A feature gate.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gate {
    stage: &'static str,
    default: bool,
    locked: bool,
    needs: Vec<&'static str>,
}

/// What is wrong with the values of `--feature-gates`, by component; each value is a list
/// `name=true|false,..` or a part of one.
pub fn problems(given: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut wanted = BTreeMap::new();
    for (component, values) in given {
        if !matches!(component.as_str(), "" | COMPONENT) {
            return vec![format!("component not registered: {component}")];
        }
        for pair in values.iter().flat_map(|value| value.split(',')).filter(|pair| !pair.is_empty())
        {
            match parse(pair) {
                Ok((name, value)) => wanted.insert(name, value),
                Err(problem) => return vec![problem],
            };
        }
    }
    judge(&wanted)
}

/// Whether a gate is on, by values in which there is no problem (`featureGate.Enabled`).
pub fn is_on(given: &BTreeMap<String, Vec<String>>, name: &str) -> bool {
    let pairs = given.values().flatten().flat_map(|value| value.split(','));
    effective(&gates(), &pairs.filter_map(|pair| parse(pair).ok()).collect(), name)
}

fn effective(
    gates: &BTreeMap<&'static str, Gate>,
    wanted: &BTreeMap<&str, bool>,
    name: &str,
) -> bool {
    let Some(gate) = gates.get(name) else { return false };
    let all = match gate.stage {
        "Alpha" => wanted.get("AllAlpha"),
        "Beta" => wanted.get("AllBeta"),
        _ => None,
    };
    *wanted.get(name).or(all).unwrap_or(&gate.default)
}

/// Name and value of `name=true` (`featureGate.Set`).
fn parse(pair: &str) -> Result<(&str, bool), String> {
    let Some((name, value)) = pair.split_once('=') else {
        return Err(format!("missing bool value for {}", pair.trim()));
    };
    let (name, value) = (name.trim(), value.trim());
    let parsed = parse_bool(value);
    let value = parsed.map_err(|error| format!("invalid value of {name}={value}, err: {error}"))?;
    Ok((name, value))
}

/// `featureGate.unsafeSetFromMap`.
fn judge(wanted: &BTreeMap<&str, bool>) -> Vec<String> {
    let gates = gates();
    let mut found = Vec::new();
    for (name, value) in wanted {
        let Some(gate) = gates.get(name) else {
            found.push(format!("unrecognized feature gate: {name}"));
            return found;
        };
        if gate.locked && gate.default != *value {
            found.push(format!(
                "cannot set feature gate {name} to {value}, feature is locked to {}",
                gate.default
            ));
        }
    }
    if !found.is_empty() {
        return found;
    }
    let on = |name: &str| effective(&gates, wanted, name);
    for (name, gate) in gates.iter().filter(|(name, _)| on(name)) {
        let off: Vec<&str> = gate.needs.iter().copied().filter(|need| !on(need)).collect();
        if !off.is_empty() {
            found.push(format!(
                "{name} is enabled, but depends on features that are disabled: [{}]",
                off.join(" ")
            ));
        }
    }
    found
}

fn gates() -> BTreeMap<&'static str, Gate> {
    TABLE
        .lines()
        .map(|line| {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_default();
            let name = next();
            let gate = Gate {
                stage: next(),
                default: next() == "true",
                locked: next() == "locked",
                needs: next().split(',').filter(|need| !need.is_empty()).collect(),
            };
            (name, gate)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(component: &str, value: &str, expected: &[&str]) {
        let given = BTreeMap::from([(component.to_owned(), vec![value.to_owned()])]);
        assert_eq!(problems(&given), expected, "{component}:{value}");
    }

    #[test]
    fn unknown_gates_and_components_are_refused() {
        check("", "Nope=true,Nope2=false", &["unrecognized feature gate: Nope"]);
        check("kube", "Nope=true", &["unrecognized feature gate: Nope"]);
        check("nope", "X=true", &["component not registered: nope"]);
    }

    #[test]
    fn a_gate_is_as_it_was_set_or_its_stage_or_by_default() {
        #[track_caller]
        fn check(value: &str, on: bool) {
            let given = BTreeMap::from([(String::new(), vec![value.to_owned()])]);
            assert_eq!(is_on(&given, "APIResponseCompression"), on, "{value}");
        }
        check("", true);
        check("PodSecurity=true,APIResponseCompression=false", false);
        check("AllBeta=false", false);
        check("AllBeta=false,APIResponseCompression=true", true);
        check("AllAlpha=false", true);
    }

    #[test]
    fn values_are_booleans() {
        check("", "X", &["missing bool value for X"]);
        check(
            "",
            "PodSecurity=maybe",
            &["invalid value of PodSecurity=maybe, err: strconv.ParseBool: parsing \"maybe\": \
               invalid syntax"],
        );
    }

    #[test]
    fn locked_gates_keep_their_value() {
        let locked = "cannot set feature gate MultiCIDRServiceAllocator to false, feature is \
                      locked to true";
        check("", "MultiCIDRServiceAllocator=false", &[locked]);
        check("", "MultiCIDRServiceAllocator=true", &[]);
        check("", "WatchList=false", &[]);
    }

    #[test]
    fn what_is_on_needs_what_it_depends_on() {
        let needs = "ClusterTrustBundleProjection is enabled, but depends on features that are \
                     disabled: [ClusterTrustBundle]";
        check("", "ClusterTrustBundleProjection=true,ClusterTrustBundle=false", &[needs]);
    }

    #[test]
    fn dependencies_are_gates_and_hold_by_default() {
        let gates = gates();
        for gate in gates.values() {
            assert!(gate.needs.iter().all(|need| gates.contains_key(need)), "{gate:?}");
        }
        assert_eq!(judge(&BTreeMap::new()), Vec::<String>::new());
    }
}

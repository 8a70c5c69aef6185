//! Values that no server could work with (`ServerRunOptions.Validate` and its kin).

use pintle_machinery::flags::Parsed;

/// What is wrong with single values, in upstream's order.
pub(super) fn problems(parsed: &Parsed) -> Vec<String> {
    let mut found = Vec::new();
    let mut refuse = |wrong: bool, text: &str| {
        if wrong {
            found.push(text.to_owned());
        }
    };
    let below = |name: &str| parsed.duration(name).0 < 0;
    refuse(below("livez-grace-period"), "--livez-grace-period can not be a negative value");
    for name in ["max-requests-inflight", "max-mutating-requests-inflight"] {
        refuse(parsed.int(name) < 0, &format!("--{name} can not be negative value"));
    }
    refuse(below("request-timeout"), "--request-timeout can not be negative value");
    refuse(
        !(0.0..=0.02).contains(&parsed.float("goaway-chance")),
        "--goaway-chance can not be less than 0 or greater than 0.02",
    );
    refuse(
        parsed.int("min-request-timeout") < 0,
        "--min-request-timeout can not be negative value",
    );
    for name in ["storage-initialization-timeout", "shutdown-delay-duration"] {
        refuse(below(name), &format!("--{name} can not be negative value"));
    }
    refuse(
        below("shutdown-watch-termination-grace-period"),
        "shutdown-watch-termination-grace-period, if provided, can not be a negative value",
    );
    refuse(
        parsed.duration("coordinated-leadership-lease-duration").0
            <= parsed.duration("coordinated-leadership-renew-deadline").0,
        "--coordinated-leadership-lease-duration must be greater than \
         --coordinated-leadership-renew-deadline",
    );
    found
}

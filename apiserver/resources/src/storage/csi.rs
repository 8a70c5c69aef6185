//! What drivers and their capacities must look like (`pkg/apis/storage/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::name::name_is_dns_subdomain;
use pintle_machinery::path::ValueExt;
use pintle_machinery::quantity::Quantity;

use crate::selectors;

const IMMUTABLE: &str = "field is immutable";

/// `ValidateCSIDriver`, `ValidateCSIDriverUpdate`.
pub(super) fn driver(_: &Context<'_>, driver: &Value, old: Option<&Value>, errors: &mut Errors) {
    let path = Path::new("spec");
    let policies = ["File", "None", "ReadWriteOnceWithFSType"];
    if let Some(policy) = driver.str_at(&["spec", "fsGroupPolicy"])
        && !policies.contains(&policy)
    {
        errors.not_supported(path.child("fsGroupPolicy"), policy, &policies);
    }
    token_requests(driver, errors);
    let modes = ["Persistent", "Ephemeral"];
    for mode in driver.list_at(&["spec", "volumeLifecycleModes"]) {
        if !modes.iter().any(|known| mode == *known) {
            errors.not_supported(path.child("volumeLifecycleModes"), mode, &modes);
        }
    }
    if let Some(seconds) = driver.i64_at(&["spec", "nodeAllocatableUpdatePeriodSeconds"])
        && seconds < 10
    {
        let detail = "must be greater than or equal to 10 seconds";
        errors.invalid(path.child("nodeAllocatableUpdatePeriodSeconds"), seconds, detail);
    }
    if let Some(in_secrets) = driver.at(&["spec", "serviceAccountTokenInSecrets"])
        && driver.list_at(&["spec", "tokenRequests"]).is_empty()
    {
        let detail = "serviceAccountTokenInSecrets is set but no tokenRequests are specified";
        errors.invalid(path.child("serviceAccountTokenInSecrets"), in_secrets, detail);
    }
    let Some(old) = old else { return };
    let changed = |field: &str| old.at(&["spec", field]) != driver.at(&["spec", field]);
    if changed("attachRequired") {
        let value = driver.at(&["spec", "attachRequired"]);
        errors.invalid(path.child("attachedRequired"), value, IMMUTABLE);
    }
    if changed("volumeLifecycleModes") {
        let value = driver.at(&["spec", "volumeLifecycleModes"]);
        errors.invalid(path.child("volumeLifecycleModes"), value, IMMUTABLE);
    }
}

fn token_requests(driver: &Value, errors: &mut Errors) {
    let path = Path::new("spec.tokenRequests");
    let requests = driver.list_at(&["spec", "tokenRequests"]);
    let audience = |request: &Value| request.str_at(&["audience"]).unwrap_or_default().to_owned();
    for (index, request) in requests.iter().enumerate() {
        let path = path.index(index);
        if requests[..index].iter().any(|other| audience(other) == audience(request)) {
            errors.duplicate(path.child("audience"), audience(request));
            continue;
        }
        let Some(seconds) = request.i64_at(&["expirationSeconds"]) else { continue };
        let path = path.child("expirationSeconds");
        if seconds < 600 {
            errors.invalid(path, seconds, "may not specify a duration less than 10 minutes");
        }
        if seconds > 1 << 32 {
            errors.invalid(path, seconds, "may not specify a duration larger than 2^32 seconds");
        }
    }
}

/// `ValidateCSIStorageCapacity`, `ValidateCSIStorageCapacityUpdate`.
pub(super) fn storage_capacity(
    _: &Context<'_>,
    capacity: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if let Some(old) = old {
        for field in ["nodeTopology", "storageClassName"] {
            if capacity.at(&[field]) != old.at(&[field]) {
                errors.invalid(field, capacity.at(&[field]), IMMUTABLE);
            }
        }
        return;
    }
    if let Some(topology) = capacity.at(&["nodeTopology"]) {
        selectors::validate(topology, false, &Path::new("nodeTopology"), errors);
    }
    let class = capacity.str_at(&["storageClassName"]).unwrap_or_default();
    errors.invalid_each("storageClassName", class, name_is_dns_subdomain(class, false));
    let amount = capacity.str_at(&["capacity"]).unwrap_or_default();
    if Quantity::parse(amount).is_ok_and(|quantity| quantity.sign() < 0) {
        errors.invalid("capacity", amount, "must be greater than or equal to 0");
    }
}

//! What flow schemas and priority levels must look like (`pkg/apis/flowcontrol/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::{BadValue, Path};
use pintle_machinery::json;
use pintle_machinery::name::name_is_dns_subdomain;
use pintle_machinery::path::ValueExt;

use super::rules;

const MAX_PRECEDENCE: i64 = 10000;
const EXEMPT: &str = "exempt";
const SHARES_NOT_NEGATIVE: &str = "must be a non-negative integer";
/// The bits of 64 that dealing a hand may take (`shufflesharding.MaxHashBits`).
const MAX_HASH_BITS: f64 = 60.0;
const MAX_QUEUES: i64 = 10_000_000;

/// `ValidateFlowSchema`.
pub(super) fn flow_schema(
    ctx: &Context<'_>,
    schema: &Value,
    _: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource != "status" {
        flow_schema_spec(schema, errors);
    }
    conditions(schema, errors);
}

fn flow_schema_spec(schema: &Value, errors: &mut Errors) {
    let path = Path::new("spec");
    let precedence = schema.i64_at(&["spec", "matchingPrecedence"]).unwrap_or(0);
    let at = path.child("matchingPrecedence");
    if precedence <= 0 {
        errors.invalid(at, precedence, "must be a positive value");
    }
    if precedence > MAX_PRECEDENCE {
        errors.invalid(at, precedence, format!("must not be greater than {MAX_PRECEDENCE}"));
    }
    if precedence == 1 && schema.str_at(&["metadata", "name"]) != Some(EXEMPT) {
        let detail = "only the schema named 'exempt' may have matchingPrecedence 1";
        errors.invalid(at, precedence, detail);
    }
    let methods = ["ByNamespace", "ByUser"];
    if let Some(method) = schema.at(&["spec", "distinguisherMethod"]) {
        let ty = method.str_at(&["type"]).unwrap_or_default();
        if !methods.contains(&ty) {
            let value = BadValue::Text(format!("{{\"Type\":{}}}", json::to_string(&ty)));
            errors.not_supported(path.child("distinguisherMethod.type"), value, &methods);
        }
    }
    let level = schema.str_at(&["spec", "priorityLevelConfiguration", "name"]).unwrap_or_default();
    let at = path.child("priorityLevelConfiguration.name");
    if level.is_empty() {
        errors.required(at, "must reference a priority level");
    } else {
        errors.invalid_each(at, level, name_is_dns_subdomain(level, false));
    }
    for (index, rule) in schema.list_at(&["spec", "rules"]).iter().enumerate() {
        rules::validate(rule, &path.child("rules").index(index), errors);
    }
}

/// `ValidateFlowSchemaStatus`, `ValidatePriorityLevelConfigurationStatus`.
fn conditions(object: &Value, errors: &mut Errors) {
    let path = Path::new("status.conditions");
    let list = object.list_at(&["status", "conditions"]);
    for (index, condition) in list.iter().enumerate() {
        let ty = condition.str_at(&["type"]).unwrap_or_default();
        let same = |other: &Value| other.str_at(&["type"]).unwrap_or_default() == ty;
        let path = path.index(index);
        if list[..index].iter().any(same) {
            errors.duplicate(path.child("type"), ty);
        }
        if ty.is_empty() {
            errors.required(path.child("type"), "");
        }
    }
}

/// `ValidatePriorityLevelConfiguration`.
pub(super) fn priority_level(
    ctx: &Context<'_>,
    level: &Value,
    _: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource == "status" {
        return conditions(level, errors);
    }
    let mut declared = Errors::new();
    let path = Path::new("spec");
    let ty = level.str_at(&["spec", "type"]).unwrap_or_default();
    if (level.str_at(&["metadata", "name"]) == Some(EXEMPT)) != (ty == "Exempt") {
        let detail = "must be 'Exempt' if and only if `name` is 'exempt'";
        errors.invalid(path.child("type"), ty, detail);
    }
    let limited = level.at(&["spec", "limited"]);
    let exempt = level.at(&["spec", "exempt"]);
    match ty {
        "" => declared.required(path.child("type"), ""),
        "Exempt" => {
            if let Some(exempt) = exempt {
                shares(exempt, &path.child("exempt"), errors);
                lendable(exempt, &path.child("exempt"), errors);
            }
        }
        "Limited" => {
            if let Some(limited) = limited {
                self::limited(limited, &path.child("limited"), errors);
            }
        }
        other => errors.not_supported(path.child("type"), other, &["Exempt", "Limited"]),
    }
    declared_members(ty, exempt, limited, &mut declared);
    conditions(level, errors);
    errors.append(declared);
}

/// The members of the union that the schema declares.
fn declared_members(
    ty: &str,
    exempt: Option<&Value>,
    limited: Option<&Value>,
    errors: &mut Errors,
) {
    let path = Path::new("spec");
    if exempt.is_some() && ty != "Exempt" {
        errors.forbidden(path.child("exempt"), "");
    }
    let path = path.child("limited");
    match limited {
        None if ty == "Limited" => errors.required(path, ""),
        Some(_) if ty != "Limited" => errors.forbidden(path, ""),
        _ => {}
    }
    let Some(limited) = limited else { return };
    let path = path.child("limitResponse");
    let queuing = limited.at(&["limitResponse", "queuing"]).is_some();
    match (limited.str_at(&["limitResponse", "type"]).unwrap_or_default(), queuing) {
        ("", _) => errors.required(path.child("type"), ""),
        ("Queue", false) => errors.required(path.child("queuing"), ""),
        ("Queue", true) | (_, false) => {}
        (_, true) => errors.forbidden(path.child("queuing"), ""),
    }
}

fn shares(level: &Value, path: &Path<'_>, errors: &mut Errors) {
    if let Some(shares) = level.i64_at(&["nominalConcurrencyShares"])
        && shares < 0
    {
        errors.invalid(path.child("nominalConcurrencyShares"), shares, SHARES_NOT_NEGATIVE);
    }
}

fn lendable(level: &Value, path: &Path<'_>, errors: &mut Errors) {
    if let Some(percent) = level.i64_at(&["lendablePercent"])
        && !(0..=100).contains(&percent)
    {
        let detail = "must be between 0 and 100, inclusive";
        errors.invalid(path.child("lendablePercent"), percent, detail);
    }
}

/// `ValidateLimitedPriorityLevelConfiguration`.
fn limited(level: &Value, path: &Path<'_>, errors: &mut Errors) {
    shares(level, path, errors);
    let at = path.child("limitResponse");
    match level.str_at(&["limitResponse", "type"]).unwrap_or_default() {
        "" | "Reject" => {}
        "Queue" => {
            if let Some(queuing) = level.at(&["limitResponse", "queuing"]) {
                self::queuing(queuing, &at.child("queuing"), errors);
            }
        }
        other => errors.not_supported(at.child("type"), other, &["Queue", "Reject"]),
    }
    lendable(level, path, errors);
    if let Some(percent) = level.i64_at(&["borrowingLimitPercent"])
        && percent < 0
    {
        let detail = "if specified, must be a non-negative integer";
        errors.invalid(path.child("borrowingLimitPercent"), percent, detail);
    }
}

/// `ValidatePriorityLevelQueuingConfiguration`.
fn queuing(queuing: &Value, path: &Path<'_>, errors: &mut Errors) {
    let number = |field: &str| queuing.i64_at(&[field]).unwrap_or(0);
    let (length, queues, hand) = (number("queueLengthLimit"), number("queues"), number("handSize"));
    if length <= 0 {
        errors.invalid(path.child("queueLengthLimit"), length, "must be positive");
    }
    if queues <= 0 {
        errors.invalid(path.child("queues"), queues, "must be positive");
    } else if queues > MAX_QUEUES {
        let detail = format!("must not be greater than {MAX_QUEUES}");
        errors.invalid(path.child("queues"), queues, detail);
    }
    let at = path.child("handSize");
    if hand <= 0 {
        errors.invalid(at, hand, "must be positive");
    } else if hand > queues {
        let detail = format!("should not be greater than queues ({queues})");
        errors.invalid(at, hand, detail);
    } else if entropy_bits(queues, hand) > MAX_HASH_BITS {
        let detail = format!(
            "required entropy bits of deckSize {queues} and handSize {hand} should not be greater than {MAX_HASH_BITS}"
        );
        errors.invalid(at, hand, detail);
    }
}

/// Bits that choosing a hand takes (`shufflesharding.RequiredEntropyBits`).
fn entropy_bits(queues: i64, hand: i64) -> f64 {
    let small = |number: i64| f64::from(i32::try_from(number).unwrap_or(i32::MAX));
    (small(queues).log2() * small(hand)).ceil()
}

//! One limit against what is asked for.

use pintle_machinery::Value;
use pintle_machinery::quantity::Quantity;
use pintle_machinery::resources::List;

/// Up to here a value fits when counted in thousandths (`resource.MaxMilliValue`).
const MAX_MILLI_VALUE: i64 = i64::MAX / 1000;

/// What a container, pod or claim asks for.
pub(super) struct Asked {
    /// Type of limit.
    pub(super) kind: &'static str,
    /// Requests.
    pub(super) requests: List,
    /// Limits.
    pub(super) limits: List,
}

impl Asked {
    /// Checks `min`, `max` and `maxLimitRequestRatio`.
    pub(super) fn check(&self, limit: &Value, errors: &mut Vec<String>) {
        for (name, bound) in List::at(limit, &["min"]).iter() {
            errors.extend(self.min(name, bound));
        }
        for (name, bound) in List::at(limit, &["max"]).iter() {
            errors.extend(self.max(name, bound));
        }
        for (name, bound) in List::at(limit, &["maxLimitRequestRatio"]).iter() {
            errors.extend(self.ratio(name, bound));
        }
    }

    /// Checks `min` and `max` where there are no limits.
    pub(super) fn check_requests(&self, limit: &Value, errors: &mut Vec<String>) {
        for (name, bound) in List::at(limit, &["min"]).iter() {
            errors.extend(self.min(name, bound));
        }
        for (name, bound) in List::at(limit, &["max"]).iter() {
            errors.extend(self.max_request(name, bound));
        }
    }

    /// Request and limit of a resource, and all three at one precision
    /// (`requestLimitEnforcedValues`).
    fn of(&self, name: &str, bound: &Quantity) -> (Option<&Quantity>, Option<&Quantity>, [i64; 3]) {
        let (request, limit) = (self.requests.get(name), self.limits.get(name));
        let zero = Quantity::default();
        let all = [request.unwrap_or(&zero), limit.unwrap_or(&zero), bound];
        let mut values = all.map(Quantity::value);
        if values.iter().all(|value| *value <= MAX_MILLI_VALUE) {
            values = all.map(Quantity::milli_value);
        }
        (request, limit, values)
    }

    /// `minConstraint`.
    fn min(&self, name: &str, bound: &Quantity) -> Option<String> {
        let (request, limit, [requested, limited, least]) = self.of(name, bound);
        let kind = self.kind;
        let rule = format!("minimum {name} usage per {kind} is {bound}");
        let Some(request) = request else {
            return Some(format!("{rule}.  No request is specified"));
        };
        if requested < least {
            return Some(format!("{rule}, but request is {request}"));
        }
        let limit = limit.filter(|_| limited < least)?;
        Some(format!("{rule}, but limit is {limit}"))
    }

    /// `maxRequestConstraint`.
    fn max_request(&self, name: &str, bound: &Quantity) -> Option<String> {
        let (request, _, [requested, _, most]) = self.of(name, bound);
        let kind = self.kind;
        let rule = format!("maximum {name} usage per {kind} is {bound}");
        let Some(request) = request else {
            return Some(format!("{rule}.  No request is specified"));
        };
        (requested > most).then(|| format!("{rule}, but request is {request}"))
    }

    /// `maxConstraint`.
    fn max(&self, name: &str, bound: &Quantity) -> Option<String> {
        let (request, limit, [requested, limited, most]) = self.of(name, bound);
        let kind = self.kind;
        let rule = format!("maximum {name} usage per {kind} is {bound}");
        let Some(limit) = limit else { return Some(format!("{rule}.  No limit is specified")) };
        if limited > most {
            return Some(format!("{rule}, but limit is {limit}"));
        }
        let request = request.filter(|_| requested > most)?;
        Some(format!("{rule}, but request is {request}"))
    }

    /// `limitRequestRatioConstraint`.
    #[expect(clippy::cast_precision_loss, reason = "upstream compares the ratio as floats")]
    fn ratio(&self, name: &str, bound: &Quantity) -> Option<String> {
        let (request, limit, [requested, limited, _]) = self.of(name, bound);
        let kind = self.kind;
        let rule = format!("{name} max limit to request ratio per {kind} is {bound}");
        if request.is_none() || requested == 0 {
            return Some(format!("{rule}, but no request is specified or request is 0"));
        }
        if limit.is_none() || limited == 0 {
            return Some(format!("{rule}, but no limit is specified or limit is 0"));
        }
        let ratio = limited as f64 / requested as f64;
        let (observed, most) = if bound.value() <= MAX_MILLI_VALUE {
            (ratio * 1000.0, bound.milli_value() as f64)
        } else {
            (ratio, bound.value() as f64)
        };
        (observed > most).then(|| format!("{rule}, but provided ratio is {ratio:.6}"))
    }
}

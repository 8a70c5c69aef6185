//! How long a request may take.

use std::time::Duration;

use pintle_engine::RequestInfo;
use pintle_machinery::status::Status;
use pintle_machinery::time;

/// Writes are cut earlier (`handlers.requestTimeoutUpperBound`).
const WRITE_SECONDS: u64 = 34;

/// Time that a request has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    /// Until the client has the answer.
    pub(super) whole: Duration,
    /// Until a write must be done, if that is less; a body that is still awaited has the whole.
    pub(super) write: Option<Duration>,
}

/// What is said of a write that took too long (`finisher.FinishRequest`).
pub(super) const WRITE_TIMEOUT: &str =
    "request did not complete within requested timeout - context deadline exceeded";

/// The request is open for as long as the client wants
/// (`genericfilters.BasicLongRunningRequestCheck`).
pub(super) fn is_long_running(info: &RequestInfo) -> bool {
    let verb = matches!(info.verb.as_str(), "watch" | "proxy");
    let subresources = ["attach", "exec", "proxy", "log", "portforward"];
    let subresource = subresources.contains(&info.subresource.as_str());
    if info.is_resource { verb || subresource } else { info.path.starts_with("/debug/pprof/") }
}

/// Reads the `timeout` parameter (`filters.WithRequestDeadline`).
pub(super) fn of(info: &RequestInfo, most_seconds: u64) -> Result<Limit, Status> {
    let most = Duration::from_secs(most_seconds);
    let asked = match info.query.get("timeout").filter(|text| !text.is_empty()) {
        None => most,
        Some(text) => time::Duration::parse(text)
            .map_err(|error| {
                Status::bad_request(format!(
                    "invalid timeout specified in the request URL - {error}"
                ))
            })?
            .to_std(),
    };
    let whole = if asked.is_zero() || asked > most { most } else { asked };
    let write = Duration::from_secs(WRITE_SECONDS);
    let writes = matches!(info.verb.as_str(), "create" | "update" | "patch" | "delete");
    Ok(Limit { whole, write: (info.is_resource && writes && whole > write).then_some(write) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: &str, target: &str, expected: Result<u64, &str>) {
        let (parts, ()) =
            http::Request::builder().method(method).uri(target).body(()).unwrap().into_parts();
        let query = parts.uri.query().unwrap_or_default();
        let info = RequestInfo::parse(method, parts.uri.path(), query).unwrap();
        let limit = of(&info, 60).map(|limit| limit.write.unwrap_or(limit.whole).as_secs());
        assert_eq!(limit.map_err(|status| status.message), expected.map_err(str::to_owned));
    }

    #[test]
    fn the_cap_holds_for_more_and_for_nothing() {
        check("GET", "/api/v1/pods?timeout=5s", Ok(5));
        check("GET", "/api/v1/pods?timeout=0s", Ok(60));
        check("GET", "/api/v1/pods?timeout=2h", Ok(60));
        check("GET", "/api/v1/pods", Ok(60));
    }

    #[test]
    fn writes_are_cut_earlier() {
        check("POST", "/api/v1/namespaces/a/pods", Ok(34));
        check("DELETE", "/api/v1/namespaces/a/pods", Ok(60));
    }

    #[test]
    fn nonsense_is_refused() {
        check(
            "GET",
            "/api/v1/pods?timeout=x",
            Err("invalid timeout specified in the request URL - time: invalid duration \"x\""),
        );
    }
}

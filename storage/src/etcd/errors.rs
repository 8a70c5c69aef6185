//! What etcd's refusals mean to the store (`etcd/api/v3/v3rpc/rpctypes`).

use tonic::{Code, Status};

use crate::store::{Error, LeaseId, Revision};

/// What a call was about, to be told in its error.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct About {
    /// Revision asked for.
    pub(super) revision: Revision,
    /// Lease that was named.
    pub(super) lease: LeaseId,
}

/// A refusal that the store's callers tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The revision is no longer kept.
    Compacted,
    /// The revision does not exist yet.
    Future,
    /// The lease does not exist.
    LeaseNotFound,
    /// The request is over the server's limit.
    TooLarge,
    /// The request makes no sense.
    Invalid,
}

/// etcd tells its errors apart by code and text, as its own client does.
const REFUSALS: &[(Code, &str, Refusal)] = &[
    (
        Code::OutOfRange,
        "etcdserver: mvcc: required revision has been compacted",
        Refusal::Compacted,
    ),
    (Code::OutOfRange, "etcdserver: mvcc: required revision is a future revision", Refusal::Future),
    (Code::NotFound, "etcdserver: requested lease not found", Refusal::LeaseNotFound),
    (Code::InvalidArgument, "etcdserver: request is too large", Refusal::TooLarge),
    (Code::InvalidArgument, "etcdserver: key is not provided", Refusal::Invalid),
    (Code::InvalidArgument, "etcdserver: duplicate key given in txn request", Refusal::Invalid),
    (Code::InvalidArgument, "etcdserver: too many operations in txn request", Refusal::Invalid),
];

/// Which refusal a status is, if it is one of these.
pub(super) fn refusal(status: &Status) -> Option<Refusal> {
    let same = |(code, text, _): &&(Code, &str, Refusal)| {
        *code == status.code() && *text == status.message()
    };
    REFUSALS.iter().find(same).map(|(_, _, refusal)| *refusal)
}

/// The error of a status. Bounds that etcd does not tell are 0.
pub(super) fn error(status: &Status, about: About) -> Error {
    let About { revision: requested, lease } = about;
    match refusal(status) {
        Some(Refusal::Compacted) => Error::Compacted { requested, compacted: 0 },
        Some(Refusal::Future) => Error::FutureRevision { requested, current: 0 },
        Some(Refusal::LeaseNotFound) => Error::LeaseNotFound(lease),
        Some(Refusal::TooLarge) => Error::TooLarge,
        Some(Refusal::Invalid) => Error::Invalid(status.message().to_owned()),
        None => Error::Refused(text(status)),
    }
}

/// The text of a status as etcd's own client prints it: the server's errors by their words alone.
pub(super) fn text(status: &Status) -> String {
    if status.message().starts_with("etcdserver: ") {
        return status.message().to_owned();
    }
    format!("rpc error: code = {} desc = {}", code_name(status.code()), status.message())
}

/// Name of a code in Go (`grpc/codes.Code.String`).
fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "Canceled",
        Code::Unknown => "Unknown",
        Code::InvalidArgument => "InvalidArgument",
        Code::DeadlineExceeded => "DeadlineExceeded",
        Code::NotFound => "NotFound",
        Code::AlreadyExists => "AlreadyExists",
        Code::PermissionDenied => "PermissionDenied",
        Code::ResourceExhausted => "ResourceExhausted",
        Code::FailedPrecondition => "FailedPrecondition",
        Code::Aborted => "Aborted",
        Code::OutOfRange => "OutOfRange",
        Code::Unimplemented => "Unimplemented",
        Code::Internal => "Internal",
        Code::Unavailable => "Unavailable",
        Code::DataLoss => "DataLoss",
        Code::Unauthenticated => "Unauthenticated",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: Code, message: &str, expected: Error) {
        let about = About { revision: 7, lease: 9 };
        assert_eq!(error(&Status::new(code, message), about), expected);
    }

    #[test]
    fn refusals_are_told_apart_by_code_and_text() {
        let compacted = "etcdserver: mvcc: required revision has been compacted";
        let expected = Error::Compacted { requested: 7, compacted: 0 };
        check(Code::OutOfRange, compacted, expected);
        check(Code::Unknown, compacted, Error::Refused(compacted.into()));
        check(Code::NotFound, "etcdserver: requested lease not found", Error::LeaseNotFound(9));
        check(Code::InvalidArgument, "etcdserver: request is too large", Error::TooLarge);
    }

    #[test]
    fn other_errors_keep_the_words_of_etcds_own_client() {
        let space = "etcdserver: mvcc: database space exceeded";
        check(Code::ResourceExhausted, space, Error::Refused(space.into()));
        let expected = Error::Refused("rpc error: code = Unavailable desc = gone".into());
        check(Code::Unavailable, "gone", expected);
    }
}

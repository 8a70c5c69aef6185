use super::*;

const PODS: GroupResource<'_> = GroupResource::new("", "pods");
const DEPLOYMENTS: GroupResource<'_> = GroupResource::new("apps", "deployments");

#[track_caller]
fn check(status: &Status, want: &str) {
    assert_eq!(status.to_json(), want);
    let value: Value = serde_json::from_str(want).unwrap();
    assert_eq!(status.to_value(), value);
    assert_eq!(&serde_json::from_str::<Status>(want).unwrap(), status);
}

#[test]
fn prints_in_the_order_of_the_go_struct() {
    check(
        &Status::not_found(PODS, "x"),
        r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods \"x\" not found","reason":"NotFound","details":{"name":"x","kind":"pods"},"code":404}"#,
    );
    check(
        &Status::conflict(DEPLOYMENTS, "x", "the object has been modified"),
        r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Operation cannot be fulfilled on deployments.apps \"x\": the object has been modified","reason":"Conflict","details":{"name":"x","group":"apps","kind":"deployments"},"code":409}"#,
    );
    check(
        &Status::internal_error("boom"),
        r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Internal error occurred: boom","reason":"InternalError","details":{"causes":[{"message":"boom"}]},"code":500}"#,
    );
}

#[test]
fn forbidden_without_a_resource_keeps_empty_details() {
    check(
        &Status::forbidden(GroupResource::NONE, "", "User \"u\" cannot get path \"/x\""),
        r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"forbidden: User \"u\" cannot get path \"/x\"","reason":"Forbidden","details":{},"code":403}"#,
    );
}

#[test]
fn invalid_lists_its_causes_and_dedupes_its_message() {
    let mut errors = Errors::new();
    errors.required("spec.a", "");
    errors.required("spec.a", "");
    errors.invalid("spec.b", 3, "too big");
    check(
        &Status::invalid(GroupKind::new("", "Pod"), "x", &errors),
        r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Pod \"x\" is invalid: [spec.a: Required value, spec.b: Invalid value: 3: too big]","reason":"Invalid","details":{"name":"x","kind":"Pod","causes":[{"reason":"FieldValueRequired","message":"Required value","field":"spec.a"},{"reason":"FieldValueRequired","message":"Required value","field":"spec.a"},{"reason":"FieldValueInvalid","message":"Invalid value: 3: too big","field":"spec.b"}]},"code":422}"#,
    );
}

#[test]
fn an_unknown_reason_is_judged_by_its_code() {
    let status = Status::failure(404, "Odd", "x");
    assert!(status.is_not_found());
    assert!(!Status::failure(404, reason::GONE, "x").is_not_found());
}

#[test]
fn generic_responses_name_what_was_asked() {
    let response = ServerResponse {
        code: 404,
        verb: "GET",
        resource: DEPLOYMENTS,
        name: "x",
        message: "unknown",
        unexpected: true,
        ..ServerResponse::default()
    };
    let status = Status::generic_server_response(&response);
    assert_eq!(
        status.message,
        "the server could not find the requested resource (get deployments.apps x)"
    );
    assert!(status.has_cause(cause::UNEXPECTED_SERVER_RESPONSE));
    let status = Status::generic_server_response(&ServerResponse {
        code: 500,
        message: "oops",
        ..ServerResponse::default()
    });
    assert_eq!(
        status.message,
        "an error on the server (\"oops\") has prevented the request from succeeding"
    );
}

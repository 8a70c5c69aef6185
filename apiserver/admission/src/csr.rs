//! The subject of the request inside a `CertificateSigningRequest`
//! (`kubernetes/pkg/apis/certificates.ParseCSR`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::pem::Pem;
use x509_parser::prelude::FromDer as _;
use x509_parser::x509::AttributeTypeAndValue;

/// Who a certificate would be for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Subject {
    /// Last common name given.
    pub(crate) common_name: String,
    /// Organizations.
    pub(crate) organizations: Vec<String>,
}

impl Subject {
    /// Reads `spec.request`; the error is upstream's text where upstream has one.
    pub(crate) fn of(request: &Value) -> Result<Self, String> {
        let text = request.str_at(&["spec", "request"]).unwrap_or("");
        let bytes = STANDARD.decode(text).map_err(|error| error.to_string())?;
        let block = Pem::iter_from_buffer(&bytes).next().and_then(Result::ok);
        let block = block
            .filter(|block| block.label == "CERTIFICATE REQUEST")
            .ok_or("PEM block type must be CERTIFICATE REQUEST")?;
        let (rest, parsed) = X509CertificationRequest::from_der(&block.contents)
            .map_err(|error| format!("asn1: {error}"))?;
        if !rest.is_empty() {
            return Err("asn1: syntax error: trailing data".into());
        }
        let name = &parsed.certification_request_info.subject;
        Ok(Self {
            common_name: name.iter_common_name().last().map(text_of).unwrap_or_default(),
            organizations: name.iter_organization().map(text_of).collect(),
        })
    }
}

fn text_of(attribute: &AttributeTypeAndValue<'_>) -> String {
    match attribute.as_str() {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(attribute.as_slice()).into_owned(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// A request for `/O=system:masters/CN=system:node:me`.
    pub(crate) const REQUEST: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIc01JR1VBZ0VBTURJeEZ6QVZCZ05WQkFvTURu\
     TjVjM1JsYlRwdFlYTjBaWEp6TVJjd0ZRWURWUVFEREE1egplWE4wWlcwNmJtOWtaVHB0WlRCWk1CTUdCeXFHU000\
     OUFnRUdDQ3FHU000OUF3RUhBMElBQkMyNDVnMjZKOEZLCitwNGhZYk1QMUl0YnZJVVZRL3N6ZGJIdDdrZjJFOGFW\
     VWcyaE01QnFvc1NxemRMNlg0QmUvaUxhSTNtalpNOEUKK0RzbW51eWxoRHlnQURBS0JnZ3Foa2pPUFFRREFnTkhB\
     REJFQWlBOFhocElHQXd0Y1FUNy9OdGJ0MmpVVFhuRQpTZ2hSVnNrSmQyN3RCL1FlekFJZ0I4TzJiT3dMeCszZ3Vw\
     TjRmWnNjWUdpeVlGTEJockNoYWJ2YjlPVy8xVHc9Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=";

    #[test]
    fn the_subject_is_read() {
        let subject = Subject::of(&json!({ "spec": { "request": REQUEST } })).unwrap();
        assert_eq!(subject.common_name, "system:node:me");
        assert_eq!(subject.organizations, ["system:masters"]);
    }

    #[test]
    fn only_signing_requests_are_read() {
        let certificate = STANDARD.encode("-----BEGIN X-----\nAAAA\n-----END X-----\n");
        for request in ["", certificate.as_str()] {
            let error = Subject::of(&json!({ "spec": { "request": request } })).unwrap_err();
            assert_eq!(error, "PEM block type must be CERTIFICATE REQUEST");
        }
    }
}

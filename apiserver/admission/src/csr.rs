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

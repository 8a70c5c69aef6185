//! What ingresses must look like (`pkg/apis/networking/validation`).

use pintle_engine::{Context, Errors, Value};
use pintle_machinery::field::Path;
use pintle_machinery::ip::{ip_warning, parse_sloppy, validate_legacy_ip};
use pintle_machinery::name::{
    dns1123_subdomain, name_is_dns_label, name_is_dns_subdomain, path_segment_name, port_name,
    port_number, wildcard_dns1123_subdomain,
};
use pintle_machinery::path::ValueExt;

use crate::print::strings;

const CLASS_ANNOTATION: &str = "kubernetes.io/ingress.class";
const NOT_AN_IP: &str = "must be a DNS name, not an IP address";

/// `ValidateIngressCreate`, `ValidateIngressUpdate`, `ValidateIngressStatusUpdate`.
pub(super) fn validate(
    ctx: &Context<'_>,
    ingress: &Value,
    old: Option<&Value>,
    errors: &mut Errors,
) {
    if ctx.subresource == "status" {
        return status(ingress, old, errors);
    }
    spec(ingress, old, errors);
    let class = ingress.str_at(&["spec", "ingressClassName"]);
    let annotation = ingress.str_at(&["metadata", "annotations", CLASS_ANNOTATION]);
    if let (None, Some(annotation), Some(class)) = (old, annotation, class)
        && annotation != class
    {
        let path = Path::new("annotations");
        let detail = "must match `ingressClassName` when both are specified";
        errors.invalid(path.child(CLASS_ANNOTATION), annotation, detail);
    }
}

/// `ValidateIngressSpec`.
fn spec(ingress: &Value, old: Option<&Value>, errors: &mut Errors) {
    let path = Path::new("spec");
    let default = ingress.at(&["spec", "defaultBackend"]);
    let rules = ingress.list_at(&["spec", "rules"]);
    if rules.is_empty() && default.is_none() {
        let detail = "either `defaultBackend` or `rules` must be specified";
        errors.invalid(path, ingress.at(&["spec", "rules"]), detail);
    }
    if let Some(backend) = default {
        self::backend(backend, &path.child("defaultBackend"), errors);
    }
    let lenient = old.is_some_and(has_invalid_wildcard_rule);
    for (index, rule) in rules.iter().enumerate() {
        self::rule(rule, lenient, &path.child("rules").index(index), errors);
    }
    tls(ingress, old, &path.child("tls"), errors);
    if let Some(class) = ingress.str_at(&["spec", "ingressClassName"]) {
        let messages = name_is_dns_subdomain(class, false);
        errors.invalid_each(path.child("ingressClassName"), class, messages);
    }
}

fn host_messages(host: &str) -> Vec<String> {
    if host.contains('*') { wildcard_dns1123_subdomain(host) } else { dns1123_subdomain(host) }
}

/// `validateIngressTLS`.
fn tls(ingress: &Value, old: Option<&Value>, path: &Path<'_>, errors: &mut Errors) {
    let secret = |tls: &Value| match tls.str_at(&["secretName"]).unwrap_or_default() {
        "" => Vec::new(),
        name => name_is_dns_subdomain(name, false),
    };
    let stored = old.map_or(&[][..], |old| old.list_at(&["spec", "tls"]));
    let any_name = stored.iter().any(|tls| !secret(tls).is_empty());
    for (index, tls) in ingress.list_at(&["spec", "tls"]).iter().enumerate() {
        let path = path.index(index);
        for (index, host) in strings(tls, &["hosts"]).into_iter().enumerate() {
            errors.invalid_each(path.child("hosts").index(index), host, host_messages(host));
        }
        if !any_name {
            let name = tls.str_at(&["secretName"]).unwrap_or_default();
            errors.invalid_each(path.child("secretName"), name, secret(tls));
        }
    }
}

/// `validateIngressRules`.
fn rule(rule: &Value, lenient: bool, path: &Path<'_>, errors: &mut Errors) {
    let host = rule.str_at(&["host"]).unwrap_or_default();
    if !host.is_empty() {
        if parse_sloppy(host).is_some() {
            errors.invalid(path.child("host"), host, NOT_AN_IP);
        }
        errors.invalid_each(path.child("host"), host, host_messages(host));
    }
    if !(lenient && host.contains('*')) {
        rule_value(rule, path, errors);
    }
}

/// `allowInvalidWildcardHostRule`.
fn has_invalid_wildcard_rule(ingress: &Value) -> bool {
    let rules = ingress.list_at(&["spec", "rules"]).iter();
    let mut wildcard =
        rules.filter(|rule| rule.str_at(&["host"]).is_some_and(|host| host.contains('*')));
    wildcard.any(|rule| {
        let mut errors = Errors::new();
        rule_value(rule, &Path::ROOT, &mut errors);
        !errors.is_empty()
    })
}

fn rule_value(rule: &Value, path: &Path<'_>, errors: &mut Errors) {
    if rule.at(&["http"]).is_none() {
        return;
    }
    let path = path.child("http.paths");
    let paths = rule.list_at(&["http", "paths"]);
    if paths.is_empty() {
        errors.required(path, "");
    }
    for (index, item) in paths.iter().enumerate() {
        http_path(item, &path.index(index), errors);
    }
}

/// `validateHTTPIngressPath`.
fn http_path(item: &Value, path: &Path<'_>, errors: &mut Errors) {
    let Some(ty) = item.str_at(&["pathType"]) else {
        return errors.required(path.child("pathType"), "pathType must be specified");
    };
    let text = item.str_at(&["path"]).unwrap_or_default();
    let at = path.child("path");
    match ty {
        "Exact" | "Prefix" => {
            if !text.starts_with('/') {
                errors.invalid(at, text, "must be an absolute path");
            }
            for part in ["//", "/./", "/../", "%2f", "%2F"] {
                if text.contains(part) {
                    errors.invalid(at, text, format!("must not contain '{part}'"));
                }
            }
            for end in ["/..", "/."] {
                if text.ends_with(end) {
                    errors.invalid(at, text, format!("cannot end with '{end}'"));
                }
            }
        }
        "ImplementationSpecific" => {
            if !text.is_empty() && !text.starts_with('/') {
                errors.invalid(at, text, "must be an absolute path");
            }
        }
        other => {
            let known = ["Exact", "ImplementationSpecific", "Prefix"];
            errors.not_supported(path.child("pathType"), other, &known);
        }
    }
    let backend = item.at(&["backend"]).unwrap_or(&Value::Null);
    self::backend(backend, &path.child("backend"), errors);
}

/// `validateIngressBackend`.
fn backend(backend: &Value, path: &Path<'_>, errors: &mut Errors) {
    match (backend.at(&["resource"]), backend.at(&["service"])) {
        (Some(_), Some(_)) => {
            errors.invalid(path, "", "cannot set both resource and service backends");
        }
        (Some(resource), None) => reference(resource, &path.child("resource"), errors),
        (None, Some(service)) => self::service(service, path, errors),
        (None, None) => errors.invalid(path, "", "resource or service backend is required"),
    }
}

fn service(service: &Value, path: &Path<'_>, errors: &mut Errors) {
    let at = path.child("service");
    match service.str_at(&["name"]).unwrap_or_default() {
        "" => errors.required(at.child("name"), ""),
        name => errors.invalid_each(at.child("name"), name, name_is_dns_label(name, false)),
    }
    let name = service.str_at(&["port", "name"]).unwrap_or_default();
    let number = service.i64_at(&["port", "number"]).unwrap_or(0);
    match (name, number) {
        ("", 0) => errors.required(path, "port name or number is required"),
        ("", number) => errors.invalid_each(at.child("port.number"), number, port_number(number)),
        (name, 0) => errors.invalid_each(at.child("port.name"), name, port_name(name)),
        _ => errors.invalid(path, "", "cannot set both port name & port number"),
    }
}

/// `validateIngressTypedLocalObjectReference`.
fn reference(reference: &Value, path: &Path<'_>, errors: &mut Errors) {
    if let Some(group) = reference.str_at(&["apiGroup"]) {
        errors.invalid_each(path.child("apiGroup"), group, dns1123_subdomain(group));
    }
    for field in ["kind", "name"] {
        match reference.str_at(&[field]).unwrap_or_default() {
            "" => errors.required(path.child(field), ""),
            text => errors.invalid_each(path.child(field), text, path_segment_name(text)),
        }
    }
}

/// `ValidateIngressLoadBalancerStatus`.
fn status(ingress: &Value, old: Option<&Value>, errors: &mut Errors) {
    let list = ["status", "loadBalancer", "ingress"];
    let stored = old.map_or(&[][..], |old| old.list_at(&list)).iter();
    let stored: Vec<&str> = stored.filter_map(|point| point.str_at(&["ip"])).collect();
    let path = Path::new("status.loadBalancer.ingress");
    for (index, point) in ingress.list_at(&list).iter().enumerate() {
        let path = path.index(index);
        let text = |field: &str| point.str_at(&[field]).filter(|text| !text.is_empty());
        if let Some(ip) = text("ip") {
            validate_legacy_ip(errors, path.child("ip"), ip, &stored);
        }
        if let Some(host) = text("hostname") {
            errors.invalid_each(path.child("hostname"), host, dns1123_subdomain(host));
            if parse_sloppy(host).is_some() {
                errors.invalid(path.child("hostname"), host, NOT_AN_IP);
            }
        }
    }
}

/// Warns of the annotation that `ingressClassName` replaces, and of odd addresses.
pub(super) fn warnings(ingress: &Value, old: Option<&Value>) -> Vec<String> {
    let list = ["status", "loadBalancer", "ingress"];
    let Some(old) = old else {
        let annotated = ingress.at(&["metadata", "annotations", CLASS_ANNOTATION]).is_some();
        let warned = annotated && ingress.at(&["spec", "ingressClassName"]).is_none();
        let text = format!(
            "annotation \"{CLASS_ANNOTATION}\" is deprecated, please use 'spec.ingressClassName' instead"
        );
        return if warned { vec![text] } else { Vec::new() };
    };
    if ingress.at(&list) == old.at(&list) {
        return Vec::new();
    }
    let points = ingress.list_at(&list).iter().enumerate();
    let warning = |(index, point): (usize, &Value)| {
        let path = format!("status.loadBalancer.ingress[{index}]");
        ip_warning(path, point.str_at(&["ip"]).unwrap_or_default())
    };
    points.filter_map(warning).collect()
}

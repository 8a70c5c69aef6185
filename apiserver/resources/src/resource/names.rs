//! Names of drivers, attributes and capacities of devices.

use pintle_engine::Errors;
use pintle_machinery::name::{c_identifier, dns1123_subdomain_caseless};

/// Longest name after the domain (`DeviceMaxIDLength`).
const LONGEST: usize = 32;
/// Longest name of a driver (`DriverNameMaxLength`).
const LONGEST_DRIVER: usize = 63;

/// A driver's name, whatever its case.
pub(super) fn driver(name: &str, path: &str, errors: &mut Errors) {
    if name.is_empty() {
        errors.required(path, "");
        return;
    }
    if name.len() > LONGEST_DRIVER {
        errors.too_long(path, LONGEST_DRIVER);
    }
    errors.invalid_each(path, name, dns1123_subdomain_caseless(name));
}

/// `validateQualifiedName`: what has more than one slash is let through.
pub(super) fn qualified(name: &str, path: &str, errors: &mut Errors) {
    match name.split('/').collect::<Vec<_>>()[..] {
        [id] => identifier(id, path, errors),
        [domain, id] => {
            if domain.is_empty() {
                errors.invalid(path, "", "the domain must not be empty");
            } else {
                crate::core::pods::volumes::remote::driver(domain, path, errors);
            }
            if id.is_empty() {
                errors.invalid(path, "", "the name must not be empty");
            } else {
                identifier(id, path, errors);
            }
        }
        _ => {}
    }
}

/// `validateFullyQualifiedName`.
pub(super) fn fully_qualified(name: &str, path: &str, errors: &mut Errors) {
    if name.contains('/') {
        qualified(name, path, errors);
    } else {
        let detail = "a fully qualified name must be a domain and a name separated by a slash";
        errors.invalid(path, name, detail);
    }
}

/// `validateCIdentifier`.
fn identifier(id: &str, path: &str, errors: &mut Errors) {
    if id.len() > LONGEST {
        errors.too_long(path, LONGEST);
    }
    errors.invalid_each(path, id, c_identifier(id));
}

//! `DenyServiceExternalIPs`: services take no new external addresses
//! (`plugin/pkg/admission/network/denyserviceexternalips`).

use pintle_engine::Lookup;
use pintle_engine::admission::{Attributes, Plugin};
use pintle_machinery::Value;
use pintle_machinery::path::ValueExt as _;
use pintle_machinery::status::Status;

use crate::{forbidden, is};

/// The row.
pub(crate) const PLUGIN: Plugin = Plugin {
    name: "DenyServiceExternalIPs",
    validate: Some(validate),
    default_on: false,
    ..Plugin::NONE
};

fn validate(
    attributes: &Attributes<'_>,
    service: &Value,
    old: Option<&Value>,
    _: &dyn Lookup,
) -> Result<(), Status> {
    const PATH: &[&str] = &["spec", "externalIPs"];
    let known = old.map_or(&[][..], |old| old.list_at(PATH));
    let new = service.list_at(PATH).iter().any(|address| !known.contains(address));
    if is(attributes, "", "services") && new {
        return Err(forbidden(attributes, "Use of external IPs is denied by admission control"));
    }
    Ok(())
}

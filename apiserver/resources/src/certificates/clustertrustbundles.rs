//! `clustertrustbundles.certificates.k8s.io`: roots of trust for all.

use pintle_engine::{Resource, Selectable, column, name};
use pintle_machinery::path::ValueExt;

use crate::print::text_or;

/// The row.
pub const CLUSTER_TRUST_BUNDLES: Resource = Resource {
    group: "certificates.k8s.io",
    plural: "clustertrustbundles",
    unconditional_update: false,
    own_selectors: true,
    selectable: &[Selectable {
        label: "spec.signerName",
        value: |bundle| bundle.str_at(&["spec", "signerName"]).unwrap_or_default().to_owned(),
    }],
    columns: &[
        name(),
        column("SignerName", |bundle, _| text_or(bundle, &["spec", "signerName"], "<none>")),
    ],
    // The name depends on the signer, so that it is checked with the rest.
    validate_name: |_, _| Vec::new(),
    validate: super::trust::validate,
    ..Resource::CLUSTER
};

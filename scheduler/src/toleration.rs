//! Whether tolerations cover a taint (`component-helpers/scheduling/corev1`).

use k8s_openapi::api::core::v1::{Pod, Taint, Toleration};

/// Whether the pod tolerates the taint.
pub(crate) fn tolerates(pod: &Pod, taint: &Taint) -> bool {
    let tolerations = pod.spec.as_ref().and_then(|spec| spec.tolerations.as_deref());
    tolerations_cover(tolerations.unwrap_or_default().iter(), taint)
}

/// Whether any of the tolerations covers the taint.
pub(crate) fn tolerations_cover<'a>(
    mut tolerations: impl Iterator<Item = &'a Toleration>,
    taint: &Taint,
) -> bool {
    tolerations.any(|toleration| covers(toleration, taint))
}

/// `Toleration.ToleratesTaint`; its `Lt` and `Gt` are behind a gate that is off by default.
fn covers(toleration: &Toleration, taint: &Taint) -> bool {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let (effect, key) = (text(&toleration.effect), text(&toleration.key));
    if (!effect.is_empty() && effect != taint.effect) || (!key.is_empty() && key != taint.key) {
        return false;
    }
    match toleration.operator.as_deref().unwrap_or_default() {
        "" | "Equal" => text(&toleration.value) == taint.value.as_deref().unwrap_or_default(),
        "Exists" => true,
        _ => false,
    }
}

//! Patches: a document and a patch of it, both JSON, on a line each.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pintle_api::codec::json;
use pintle_machinery::apply::managed;
use pintle_machinery::json_patch::Patch;
use pintle_machinery::merge_patch;

/// Upstream's limit on what `copy` operations may add.
const COPY_LIMIT: usize = 3 << 20;

fuzz_target!(|data: &[u8]| {
    let Some(end) = data.iter().position(|byte| *byte == b'\n') else { return };
    let (Ok(document), Ok(patch)) = (json::parse_any(&data[..end]), json::parse_any(&data[end..]))
    else {
        return;
    };
    if let Some(entries) = managed::entries(&document)
        && let Ok(managed) = managed::decode(entries)
    {
        let encoded = managed.encode().unwrap_or_default();
        managed::decode(&encoded).expect("what was encoded decodes");
    }
    if let Ok(patch) = Patch::decode(patch.clone()) {
        patch.apply(&mut document.clone(), COPY_LIMIT).ok();
    }
    merge_patch::diff(&document, &patch);
    merge_patch::apply(&mut document.clone(), patch).ok();
});

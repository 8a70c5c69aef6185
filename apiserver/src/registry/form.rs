//! The form in which objects of a kind are stored, and what decoding adds to stored objects.

use bytes::Bytes;
use pintle_api::codec::transcode::{Header, protobuf_to_json};
use pintle_api::codec::{json, protobuf};
use pintle_api::{Kind, catalog};
use pintle_engine::{Value, convert, meta};
use pintle_resources::defaults::hide;
use pintle_storage::transform::{ENCRYPTED, UNTRANSFORMED};
use pintle_storage::{KeyValue, Revision};

use super::DEFAULTER;

/// How the objects of one storage prefix are stored.
///
/// Upstream fills in defaults whenever it decodes, stored objects included, so what it stores may
/// lack some: its strategies clear a status after the request's defaults, and an older release did
/// not have them all. Here every value is completed when it is written; one that somebody else may
/// have written is completed when it is read from the store, before anything is made of it.
#[derive(Clone, Copy, Debug)]
pub struct StoredForm {
    /// The kind as it is stored.
    pub kind: &'static Kind,
    /// As JSON, not protobuf.
    pub as_json: bool,
    /// Decoding may add something.
    pub defaults: bool,
    /// Newest revision at which somebody else may have stored a value, which may lack a default or be
    /// none at all.
    pub others_until: Revision,
}

impl StoredForm {
    /// The tree of a stored value, in the storage version.
    ///
    /// What is wrong with one that has none is told in upstream's words
    /// (`etcd3.corruptObjectError`).
    pub fn decode(&self, value: &[u8], revision: Revision) -> Result<Value, String> {
        let mut object = self.read(value)?;
        if self.defaults && revision <= self.others_until {
            self.complete(&mut object);
        }
        Ok(object)
    }

    /// The bytes that are stored for a tree without a resource version, which gets what it lacks.
    pub fn encode(&self, object: &mut Value) -> Bytes {
        self.complete(object);
        self.write(object)
    }

    /// Makes a tree what a reader is shown.
    fn complete(&self, object: &mut Value) {
        DEFAULTER.apply(self.kind.message, object);
        hide(self.kind.message.name, object);
    }

    /// The bytes to be read in place of stored ones that lack defaults; an error if the stored ones
    /// cannot be read.
    pub fn completed(&self, kv: &KeyValue) -> Result<Option<Bytes>, String> {
        if kv.mod_revision > self.others_until || !self.defaults && self.is_plain(&kv.value) {
            return Ok(None);
        }
        let object = self.decode(&kv.value, kv.mod_revision)?;
        if !self.defaults {
            return Ok(None);
        }
        let bytes = self.write(&object);
        Ok((bytes != kv.value).then_some(bytes))
    }

    /// A message of the storage version that can be read.
    fn is_plain(&self, value: &[u8]) -> bool {
        let Ok(envelope) = protobuf::Envelope::read(value) else { return false };
        let mut out = Vec::with_capacity(2 * value.len());
        envelope.api_version == meta::api_version(self.kind.group, self.kind.version)
            && protobuf_to_json(self.kind.message, envelope.raw, Header::default(), &mut out)
                .is_ok()
    }

    /// The tree of a value as it is.
    pub(super) fn read(&self, value: &[u8]) -> Result<Value, String> {
        if value.starts_with(ENCRYPTED) {
            return Err(UNTRANSFORMED.to_owned());
        }
        let (mut object, kind) = if value.starts_with(protobuf::MAGIC) {
            let envelope = protobuf::Envelope::read(value).map_err(|error| error.to_string())?;
            let kind = self.kind_of(&envelope.api_version)?;
            let object = protobuf::decode(kind.message, envelope.raw);
            (object.map_err(|error| error.to_string())?, kind)
        } else {
            let (found, document) = json::interpret(value).map_err(|error| error.to_string())?;
            let kind = self.kind_of(&found.api_version)?;
            let decoded = document.decode(kind.message, false);
            (decoded.map_err(|error| error.to_string())?.0, kind)
        };
        meta::set_type(&mut object, kind.group, kind.version, kind.kind);
        Ok(convert::to_kind(object, self.kind))
    }

    /// The kind in the version that a value has. One that a later release has written is not taken for
    /// ours.
    fn kind_of(&self, api_version: &str) -> Result<&'static Kind, String> {
        let (group, version) = meta::split_api_version(api_version);
        let name = self.kind.kind;
        catalog().kind(group, version, name).ok_or_else(|| {
            format!(
                "no kind {name:?} is registered for version {api_version:?} in scheme \
                 \"pkg/runtime/scheme.go:111\""
            )
        })
    }

    fn write(&self, object: &Value) -> Bytes {
        if self.as_json {
            let mut out = Vec::new();
            json::encode(self.kind.message, object, &mut out);
            if out.last() != Some(&b'\n') {
                out.push(b'\n');
            }
            return out.into();
        }
        let raw = protobuf::encode(self.kind.message, object);
        let api_version = meta::api_version(self.kind.group, self.kind.version);
        protobuf::Envelope::new(&api_version, self.kind.kind, &raw).write().into()
    }
}

#[cfg(test)]
mod tests {
    use pintle_machinery::path::ValueExt;
    use serde_json::json;

    use super::*;

    const THEIRS: Revision = 7;
    const OURS: Revision = 8;

    fn form((group, version, kind): (&str, &str, &str)) -> StoredForm {
        let kind = catalog().kind(group, version, kind).expect("the kind exists");
        let defaults = DEFAULTER.concerns(kind.message);
        StoredForm { kind, as_json: false, defaults, others_until: THEIRS }
    }

    fn at(mod_revision: Revision, value: impl Into<Bytes>) -> KeyValue {
        let (key, value) = (Bytes::from_static(b"/registry/x"), value.into());
        KeyValue { key, value, create_revision: 1, mod_revision, version: 1, lease: 0 }
    }

    /// Stores a tree as it is, which lacks `path`, and looks for it as read back.
    #[track_caller]
    fn check(kind: (&str, &str, &str), tree: Value, path: &[&str], wanted: &str) {
        let form = form(kind);
        let stored = form.write(&tree);
        assert_eq!(form.read(&stored).unwrap().str_at(path), None);
        assert_eq!(form.decode(&stored, THEIRS).unwrap().str_at(path), Some(wanted));
        let completed = form.completed(&at(THEIRS, stored)).expect("it can be read");
        let completed = completed.expect("a default is lacking");
        assert_eq!(form.read(&completed).unwrap().str_at(path), Some(wanted));
        assert_eq!(form.completed(&at(THEIRS, completed.clone())), Ok(None));
        let mut tree = tree;
        assert_eq!(form.encode(&mut tree), completed);
        assert_eq!(tree.str_at(path), Some(wanted));
    }

    #[test]
    fn what_a_strategy_has_cleared_is_filled_in_when_it_is_read() {
        let claim = json!({"metadata": {"name": "c"}, "spec": {"accessModes": ["ReadWriteOnce"],
            "resources": {}, "volumeMode": "Filesystem"}, "status": {}});
        check(("", "v1", "PersistentVolumeClaim"), claim, &["status", "phase"], "Pending");
    }

    #[test]
    fn what_an_older_release_did_not_know_is_filled_in_when_it_is_read() {
        let label = ["metadata", "labels", "kubernetes.io/metadata.name"];
        let namespace = json!({"metadata": {"name": "old"}, "spec": {}});
        check(("", "v1", "Namespace"), namespace, &label, "old");
    }

    #[test]
    fn what_no_reader_is_shown_is_not_stored() {
        let form = form(("", "v1", "Service"));
        let path = ["spec", "internalTrafficPolicy"];
        let service = |ty: &str| {
            json!({"metadata": {"name": "s"},
                "spec": {"type": ty, "externalName": "a.b", "internalTrafficPolicy": "Cluster"}})
        };
        for (ty, shown) in [("ExternalName", None), ("ClusterIP", Some("Cluster"))] {
            let theirs = form.write(&service(ty));
            assert_eq!(form.decode(&theirs, THEIRS).unwrap().str_at(&path), shown);
            let mut ours = service(ty);
            let stored = form.encode(&mut ours);
            assert_eq!(form.read(&stored).unwrap().str_at(&path), shown);
            assert_eq!(ours.str_at(&path), shown);
        }
    }

    #[test]
    fn a_value_of_our_own_is_taken_as_it_is() {
        let form = form(("", "v1", "PersistentVolumeClaim"));
        let bare = form.write(&json!({"metadata": {"name": "c"}}));
        assert_eq!(form.completed(&at(OURS, bare)), Ok(None));
    }

    /// One kind has defaults, the other has none.
    #[track_caller]
    fn check_unreadable(value: &'static [u8], problem: &str) {
        for kind in ["PersistentVolumeClaim", "ConfigMap"] {
            let completed = form(("", "v1", kind)).completed(&at(THEIRS, value));
            let found = completed.expect_err("it cannot be read").replace(kind, "KIND");
            assert_eq!(found, problem);
        }
    }

    #[test]
    fn what_cannot_be_read_is_found() {
        check_unreadable(b"k8s\0\n\x0f\xff\xff", "unexpected EOF");
        check_unreadable(
            b"k8s:enc:aescbc:v1:key1:\0",
            "identity transformer tried to read encrypted data",
        );
        check_unreadable(
            br#"{"kind":"X","apiVersion":"v9","metadata":{"name":"a"}}"#,
            "no kind \"KIND\" is registered for version \"v9\" in scheme \
             \"pkg/runtime/scheme.go:111\"",
        );
    }

    #[test]
    fn what_an_older_release_has_written_can_be_read() {
        let older = [("apps", "v1beta1", "Deployment"), ("extensions", "v1beta1", "Ingress")];
        for (group, version, kind) in older {
            let name = group.replace("extensions", "networking.k8s.io");
            let form = form((&name, "v1", kind));
            let value = format!(
                r#"{{"kind":"{kind}","apiVersion":"{group}/{version}","metadata":{{"name":"a"}}}}"#
            );
            assert_eq!(form.decode(value.as_bytes(), THEIRS).map(|_| ()), Ok(()), "{value}");
        }
    }
}

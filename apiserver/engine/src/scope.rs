//! A served resource or subresource: catalog, row and the kinds in play.

use pintle_api::catalog::Subresource;
use pintle_api::{Kind, Resource as Served, catalog};
use pintle_machinery::Value;
use pintle_machinery::status::{GroupKind, GroupResource, Status};

use crate::decode::Target;
use crate::defaults::{Defaulter, SCHEMA_ONLY};
use crate::resource::Resource;
use crate::{convert, meta};

/// A resource as a request addresses it.
#[derive(Clone, Copy)]
pub struct Scope {
    /// The resource in the request's version.
    pub resource: &'static Served,
    /// The subresource, if any.
    pub subresource: Option<&'static Subresource>,
    /// The row.
    pub row: Resource,
    /// The kind in the request's version.
    pub kind: &'static Kind,
    /// The kind as it is stored, which is what rows and plugins see.
    pub storage: &'static Kind,
    /// Fills in what objects leave out.
    pub defaulter: &'static Defaulter,
}

impl Scope {
    /// Puts a scope together; `None` if the catalog lacks one of the kinds.
    pub fn new(resource: &'static Served, row: Resource) -> Option<Self> {
        let (group, version, kind) = resource.storage;
        let own = catalog().kind(resource.group, resource.version, resource.kind)?;
        let storage = catalog().kind(group, version, kind).unwrap_or(own);
        Some(Self { resource, subresource: None, row, kind: own, storage, defaulter: &SCHEMA_ONLY })
    }

    /// The scope of a subresource.
    pub fn below(mut self, name: &str) -> Option<Self> {
        self.subresource =
            Some(self.resource.subresources.iter().find(|subresource| subresource.name == name)?);
        Some(self)
    }

    /// Name of the subresource; empty for the resource itself.
    pub fn subresource_name(&self) -> &'static str {
        self.subresource.map_or("", |subresource| subresource.name)
    }

    /// Verbs served here.
    pub fn verbs(&self) -> &'static [&'static str] {
        self.subresource.map_or(self.resource.verbs, |subresource| subresource.verbs)
    }

    /// Group and plural, as errors name them.
    pub fn group_resource(&self) -> GroupResource<'static> {
        GroupResource::new(self.resource.group, self.resource.plural)
    }

    /// Group and kind, as validation errors name them.
    pub fn group_kind(&self) -> GroupKind<'static> {
        GroupKind::new(self.storage.group, self.storage.kind)
    }

    /// What bodies of the resource itself are.
    pub fn target(&self) -> Target {
        Target { defaulter: self.defaulter, ..self.kind.into() }
    }

    /// `group/version` of the request.
    pub fn api_version(&self) -> String {
        meta::api_version(self.resource.group, self.resource.version)
    }

    /// The request's version is not the stored one.
    pub fn converts(&self) -> bool {
        !std::ptr::eq(self.kind, self.storage)
    }

    /// From the request's version to the stored one.
    pub fn to_storage(&self, object: Value) -> Value {
        convert::to_kind(object, self.storage)
    }

    /// From the request's version to the stored one, with the stored version's defaults and the
    /// row's own, of this moment.
    pub fn complete(&self, object: Value, now: i64) -> Value {
        let mut object = self.to_storage(object);
        if self.converts() {
            self.defaulter.apply(self.storage.message, &mut object);
        }
        (self.row.default)(&mut object, now);
        object
    }

    /// From the stored version to the request's.
    pub fn to_request(&self, object: Value) -> Value {
        convert::to_kind(object, self.kind)
    }

    /// The namespace that objects of a request have.
    pub fn namespace<'a>(&self, requested: &'a str) -> &'a str {
        if self.resource.namespaced { requested } else { "" }
    }

    /// Not found, in the resource's name.
    pub fn not_found(&self, name: &str) -> Status {
        Status::not_found(self.group_resource(), name)
    }
}

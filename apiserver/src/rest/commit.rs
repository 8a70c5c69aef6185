//! Reading for a write, admission, and the compare-and-swap that ends it.

use bytes::Bytes;
use pintle_engine::admission::{Attributes, Operation, Plugin, Write};
use pintle_engine::options::DeleteOptions;
use pintle_engine::{Context, Lookup, Status, Value, meta};
use pintle_storage::cache::CacheError;
use pintle_storage::{Compare, KeyValue, LeaseId, Op, Range, Revision, Txn};

use super::read::{cache_error, store_error};
use super::unreadable::write_failure;
use super::{Call, Reservation, Rest};
use crate::charge;
use crate::registry::{Stored, Undecodable};

/// A write of one key.
#[derive(Clone, Debug)]
pub enum Change {
    /// Stores these bytes.
    Put(Bytes, LeaseId),
    /// Removes the key.
    Delete,
}

/// How a swap ended.
pub(super) enum Swap {
    /// It is done, at this revision.
    Done(Revision),
    /// The key has changed since it was read.
    Raced,
}

/// A stored object read for a write.
pub(super) struct Loaded {
    pub(super) object: Value,
    pub(super) bytes: Bytes,
    pub(super) revision: Revision,
    pub(super) lease: LeaseId,
    /// It would be stored otherwise now, even without a change.
    pub(super) stale: bool,
}

/// What the store has under a key, which may be no object.
pub(super) struct Found {
    pub(super) kv: KeyValue,
    pub(super) object: Result<Value, Undecodable>,
    stale: bool,
}

impl Found {
    /// The object, or what `refuse` says if there is none.
    pub(super) fn loaded(self, refuse: fn(Undecodable) -> Status) -> Result<Loaded, Status> {
        let Self { kv, object, stale } = self;
        let (revision, lease) = (kv.mod_revision, kv.lease);
        Ok(Loaded { object: object.map_err(refuse)?, bytes: kv.value, revision, lease, stale })
    }
}

impl Loaded {
    /// Whether writing these bytes would change nothing in the store.
    pub(super) fn holds(&self, bytes: &Bytes) -> bool {
        !self.stale && *bytes == self.bytes
    }
}

impl Rest {
    /// Reads the newest state of a key from the store, for a write.
    pub(super) async fn load(
        &self,
        stored: &Stored,
        key: &Bytes,
    ) -> Result<Option<Loaded>, Status> {
        let found = self.find(stored, key).await?;
        found.map(|found| found.loaded(write_failure)).transpose()
    }

    /// Reads the newest state of a key from the store.
    pub(super) async fn find(&self, stored: &Stored, key: &Bytes) -> Result<Option<Found>, Status> {
        let range = Range { start: key.clone(), ..Range::default() };
        let result = stored.store.range(range).await;
        let found = result.map_err(|error| store_error(&error))?.kvs.pop().map(|kv| Found {
            object: stored.decode(&kv.key, &kv.value, kv.mod_revision),
            stale: stored.store.is_stale(&kv.key, kv.mod_revision),
            kv,
        });
        Ok(found)
    }

    /// Writes a key if its revision is still the expected one; 0 if it must not exist.
    pub(super) async fn swap(
        &self,
        stored: &Stored,
        key: &Bytes,
        expected: Revision,
        change: Change,
    ) -> Result<Swap, Status> {
        let op = match change {
            Change::Put(value, lease) => Op::Put { key: key.clone(), value, lease },
            Change::Delete => Op::Delete { key: key.clone() },
        };
        let compare = Compare { key: key.clone(), mod_revision: expected };
        let txn = Txn { compare: vec![compare], success: vec![op], failure: Vec::new() };
        let result = stored.store.txn(txn).await.map_err(|error| store_error(&error))?;
        if !result.succeeded {
            return Ok(Swap::Raced);
        }
        stored.note_written(result.revision);
        Ok(Swap::Done(result.revision))
    }

    fn ttl_seconds(&self, stored: &Stored) -> Option<i64> {
        stored.row.ttl_seconds.map(|usual| self.event_ttl_seconds.unwrap_or(usual))
    }

    /// The lease of a new or changed object of a resource whose objects expire.
    pub(super) async fn lease(&self, stored: &Stored, group: &str) -> Result<LeaseId, Status> {
        let ttl = self.ttl_seconds(stored).filter(|ttl| *ttl > 0);
        let Some(ttl) = ttl else { return Ok(0) };
        let resource = (group.to_owned(), stored.prefix(""));
        let (lasting, now) = ((ttl, self.lease_reuse_seconds), self.clock.now_milliseconds());
        let in_etcd = self.registry.is_in_etcd();
        let taken = self.leases.take(resource, lasting, now, async |seconds, objects| {
            let lease = stored.store.grant_lease(seconds).await?;
            if let Some(metrics) = stored.metrics.as_ref().filter(|_| in_etcd) {
                metrics.note_lease(objects);
            }
            Ok(lease)
        });
        let taken = taken.await;
        taken.map_err(|error| store_error(&error))
    }

    /// The newest state of an object.
    pub async fn fetch(
        &self,
        group: &str,
        plural: &str,
        namespace: &str,
        name: &str,
    ) -> Result<Value, Status> {
        let stored = self.stored(group, plural)?;
        let resource = pintle_machinery::status::GroupResource::new(group, plural);
        let loaded = self.load(stored, &stored.key(namespace, name)).await?;
        loaded.map(|loaded| loaded.object).ok_or_else(|| Status::not_found(resource, name))
    }

    /// Changes a stored object by compare-and-swap, without admission: for subresources that act
    /// in the server's name. Returns the object as stored. No change writes nothing.
    pub async fn modify(
        &self,
        (group, plural): (&str, &str),
        (namespace, name): (&str, &str),
        mut change: impl FnMut(&mut Value) -> Result<(), Status> + Send,
    ) -> Result<Value, Status> {
        let stored = self.stored(group, plural)?;
        let key = stored.key(namespace, name);
        loop {
            let resource = pintle_machinery::status::GroupResource::new(group, plural);
            let loaded = self.load(stored, &key).await?;
            let loaded = loaded.ok_or_else(|| Status::not_found(resource, name))?;
            let mut object = loaded.object.clone();
            change(&mut object)?;
            let bytes = stored.encode(&mut object);
            if loaded.holds(&bytes) {
                return Ok(loaded.object);
            }
            let put = Change::Put(bytes, loaded.lease);
            if let Swap::Done(revision) = self.swap(stored, &key, loaded.revision, put).await? {
                meta::set(&mut object, "resourceVersion", revision.to_string());
                return Ok(object);
            }
        }
    }

    /// Stores a new object of the server's own, complete with uid and time, without admission.
    pub async fn insert(
        &self,
        (group, plural): (&str, &str),
        mut object: Value,
    ) -> Result<Value, Status> {
        let stored = self.stored(group, plural)?;
        let user = pintle_engine::User::default();
        let (namespace, name) =
            (meta::namespace(&object).to_owned(), meta::name(&object).to_owned());
        let ctx = Context {
            now: self.now(),
            user: &user,
            namespace: &namespace,
            name: &name,
            subresource: "",
            random: rand::random(),
            dry_run: false,
        };
        pintle_engine::write::fill(&mut object, &ctx);
        let key = stored.key(&namespace, meta::name(&object));
        let lease = self.lease(stored, group).await?;
        let put = Change::Put(stored.encode(&mut object), lease);
        match self.swap(stored, &key, 0, put).await? {
            Swap::Done(revision) => {
                meta::set(&mut object, "resourceVersion", revision.to_string());
                Ok(object)
            }
            Swap::Raced => {
                let resource = pintle_machinery::status::GroupResource::new(group, plural);
                Err(Status::already_exists(resource, meta::name(&object)))
            }
        }
    }

    pub(super) fn stored(&self, group: &str, plural: &str) -> Result<&Stored, Status> {
        self.registry
            .stored(group, plural)
            .map(|stored| &**stored)
            .ok_or_else(|| Status::internal_error(format!("no storage for {plural}.{group}")))
    }
}

/// If the store's watches lag so far behind that it takes too long to see what it has, admission reads
/// what there is, as upstream's informers do.
fn settled(outcome: Result<(), CacheError>) -> Result<(), Status> {
    match outcome {
        Err(CacheError::TooNew { .. }) | Ok(()) => Ok(()),
        Err(error) => Err(cache_error(&error)),
    }
}

/// One pass of admission.
pub(super) struct Admission<'a> {
    pub(super) operation: Operation,
    pub(super) options: &'a Value,
    pub(super) name: &'a str,
}

impl Call<'_> {
    /// Brings what admission reads up to date.
    pub(super) async fn settle(&self) -> Result<(), Status> {
        settled(self.rest.registry.settle().await)
    }

    fn attributes<'b>(&'b self, ctx: &Context<'b>, admission: &Admission<'b>) -> Attributes<'b> {
        let scope = &self.scope;
        let is_namespace = scope.resource.plural == "namespaces" && scope.resource.group.is_empty();
        Attributes {
            group: scope.resource.group,
            version: scope.resource.version,
            resource: scope.resource.plural,
            subresource: scope.subresource_name(),
            kind: (scope.storage.group, scope.storage.version, scope.storage.kind),
            namespace: if is_namespace { admission.name } else { self.namespace() },
            name: admission.name,
            shown_name: admission.name,
            operation: admission.operation,
            options: admission.options,
            context: *ctx,
            authorizer: &*self.rest.authorizer,
            warnings: &self.warnings,
            toleration_seconds: self.rest.toleration_seconds,
        }
    }

    /// The mutating stage.
    pub(super) async fn mutate(
        &self,
        ctx: &Context<'_>,
        admission: &Admission<'_>,
        object: &mut Value,
        old: Option<&Value>,
    ) -> Result<(), Status> {
        let mut attributes = self.attributes(ctx, admission);
        // The name of a generateName is made after this stage.
        let prefix = meta::text(object, "generateName").to_owned();
        if admission.name.is_empty() {
            attributes.shown_name = if prefix.is_empty() { "Unknown" } else { &prefix };
        }
        self.plug(admission.operation, |plugin, lookup| match plugin.mutate {
            Some(mutate) => mutate(&attributes, object, old, lookup),
            None => Ok(()),
        })
        .await?;
        for stage in &self.rest.async_admission {
            stage.mutate(&attributes, object, old).await?;
        }
        Ok(())
    }

    /// The validating stage.
    pub(super) async fn admit(
        &self,
        ctx: &Context<'_>,
        admission: &Admission<'_>,
        object: &Value,
        old: Option<&Value>,
    ) -> Result<(), Status> {
        let attributes = self.attributes(ctx, admission);
        self.plug(admission.operation, |plugin, lookup| match plugin.validate {
            Some(validate) => validate(&attributes, object, old, lookup),
            None => Ok(()),
        })
        .await?;
        for stage in &self.rest.async_admission {
            stage.validate(&attributes, object, old).await?;
        }
        self.charge(&attributes, object, old).await
    }

    /// Shows the write to each plugin, until one refuses it. What lags behind the store is no reason to:
    /// then they look again. They find done what they did before, as upstream's do that are called
    /// again after a webhook.
    async fn plug(
        &self,
        operation: Operation,
        mut show: impl FnMut(&Plugin, &dyn Lookup) -> Result<(), Status> + Send,
    ) -> Result<(), Status> {
        let registry = &self.rest.registry;
        let concerned = |plugin: &&Plugin| plugin.operations.contains(&operation);
        let mut all = || {
            let mut plugins = self.rest.plugins.iter().filter(concerned);
            plugins.try_for_each(|plugin| show(plugin, &**registry))
        };
        let refused = match all() {
            Err(status) if registry.may_lag() => status,
            done => return done,
        };
        tracing::debug!(%refused, "admission looks at the newest");
        settled(registry.settle_anew().await)?;
        all()
    }

    /// Has the write charged to the quotas of its namespace, if there are any.
    async fn charge(
        &self,
        attributes: &Attributes<'_>,
        object: &Value,
        old: Option<&Value>,
    ) -> Result<(), Status> {
        let namespace = attributes.namespace;
        let written = matches!(attributes.operation, Operation::Create | Operation::Update)
            && !namespace.is_empty();
        let charge = self.rest.plugins.iter().find_map(|plugin| plugin.charge);
        let Some(charge) = charge.filter(|_| written) else { return Ok(()) };
        let quotas = self.rest.registry.list("", "resourcequotas", namespace);
        if quotas.is_empty() {
            return Ok(());
        }
        let write = Write {
            group: attributes.group.to_owned(),
            resource: attributes.resource.to_owned(),
            subresource: attributes.subresource.to_owned(),
            namespace: namespace.to_owned(),
            name: attributes.shown_name.to_owned(),
            operation: attributes.operation,
            object: object.clone(),
            old: old.cloned(),
            dry_run: attributes.context.dry_run,
        };
        // Most writes cost nothing, and need not wait; that of what is used least of all.
        let charged = charge(&write, &quotas, self.rest.now(), &*self.rest.registry);
        if charged.is_ok_and(|charged| charge::same(&quotas, &charged)) {
            return Ok(());
        }
        charge::charge(self.rest, charge, write).await
    }

    /// Takes what the write needs from the outside.
    pub(super) async fn reserve(
        &self,
        ctx: &Context<'_>,
        object: &mut Value,
        old: Option<&Value>,
    ) -> Result<Option<Box<dyn Reservation>>, Status> {
        match self.rest.reserve_of(&self.scope) {
            Some(reserve) => Ok(Some(reserve.reserve(self.rest, ctx, object, old).await?)),
            None => Ok(None),
        }
    }

    /// Tells the resource that an object is gone.
    pub(super) async fn after_delete(&self, object: &Value, options: &DeleteOptions) {
        if options.dry_run {
            return;
        }
        if let Some(reserve) = self.rest.reserve_of(&self.scope) {
            reserve.deleted(self.rest, object).await;
        }
    }
}

/// Keeps or gives back what was reserved.
pub(super) async fn finish(reservation: Option<Box<dyn Reservation>>, committed: bool) {
    if let Some(reservation) = reservation {
        reservation.finish(committed).await;
    }
}

//! The loop under every cache: read a collection, follow its changes, begin again when told to
//! (client-go `tools/cache.Reflector`).

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::Method;
use http_body_util::BodyExt;
use kube::client::Body;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::time::{Instant, sleep};
use tracing::{debug, warn};

use crate::client::refused;
use crate::{Client, Error, Resource, Status};

/// What happened to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is there or has changed.
    Applied,
    /// It is gone, or no longer selected.
    Deleted,
}

/// Where the objects go. All calls come from one task, in order.
pub trait Sink: Send + Sync {
    /// An object of a new complete state; it counts once [`replace`](Self::replace) is called.
    fn stage(&self, object: &RawValue) -> Result<(), serde_json::Error>;
    /// The staged objects are the state at this version.
    fn replace(&self, resource_version: u64);
    /// Staged objects are void: reading them broke off.
    fn discard(&self);
    /// One change; gives the object's resource version.
    fn apply(&self, change: Change, object: &RawValue) -> Result<String, serde_json::Error>;
    /// All changes up to this version have been delivered.
    fn progress(&self, resource_version: u64);
}

/// Which objects to watch, and in which form.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only this namespace; all if empty.
    pub namespace: String,
    /// A field selector; none if empty.
    pub fields: String,
    /// A label selector; none if empty.
    pub labels: String,
    /// Only the metadata of objects.
    pub metadata_only: bool,
}

#[derive(Deserialize)]
struct Frame<'a> {
    r#type: &'a str,
    #[serde(borrow)]
    object: &'a RawValue,
}

#[derive(Deserialize)]
struct Marker {
    metadata: MarkerMeta,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MarkerMeta {
    #[serde(default)]
    resource_version: String,
    #[serde(default)]
    annotations: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct List<'a> {
    metadata: ListMeta,
    #[serde(borrow, default)]
    items: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListMeta {
    #[serde(default)]
    resource_version: String,
    #[serde(default)]
    r#continue: String,
}

/// One watched collection.
pub struct Reflector {
    client: Client,
    resource: Resource,
    selection: Selection,
    sink: Arc<dyn Sink>,
    version: String,
    streaming: bool,
}

impl Reflector {
    /// A reflector that has not read anything yet.
    pub fn new(
        client: Client,
        resource: Resource,
        selection: Selection,
        sink: Arc<dyn Sink>,
    ) -> Self {
        Self { client, resource, selection, sink, version: String::new(), streaming: true }
    }

    /// Follows the collection until the task is dropped.
    pub async fn run(mut self) {
        let mut delay = Duration::from_millis(800);
        loop {
            let started = Instant::now();
            let outcome = if self.version.is_empty() { self.read().await } else { Ok(()) };
            let outcome = match outcome {
                Ok(()) if !self.version.is_empty() => self.follow().await,
                other => other,
            };
            match outcome {
                Ok(()) => {
                    debug!(resource = %self.resource.plural, "watch ended, going on");
                    // A server that ends each watch at once must not be asked in a tight loop.
                    if started.elapsed() > Duration::from_secs(1) {
                        delay = Duration::from_millis(800);
                        continue;
                    }
                }
                Err(error) if error.is_expired() => {
                    debug!(resource = %self.resource.plural, "history expired, reading anew");
                    self.version.clear();
                }
                Err(error) => {
                    let resource = self.resource.qualified();
                    warn!(%resource, %error, "failed to list and watch");
                }
            }
            if started.elapsed() > Duration::from_mins(2) {
                delay = Duration::from_millis(800);
            }
            sleep(delay.mul_f64(1.0 + rand::random::<f64>())).await;
            delay = (delay * 2).min(Duration::from_secs(30));
        }
    }

    /// Reads the complete state: as a stream if the server can, else in pages.
    async fn read(&mut self) -> Result<(), Error> {
        let outcome = if self.streaming {
            match self.watch(true).await {
                // Upstream's reflector falls back for good in these cases, too.
                Err(error) if matches!(error.code(), 400 | 422) => {
                    self.streaming = false;
                    self.list().await
                }
                other => other,
            }
        } else {
            self.list().await
        };
        if outcome.is_err() && self.version.is_empty() {
            self.sink.discard();
        }
        outcome
    }

    async fn follow(&mut self) -> Result<(), Error> {
        self.watch(false).await
    }

    async fn list(&mut self) -> Result<(), Error> {
        let accept = self.accept("PartialObjectMetadataList");
        let mut next = String::new();
        loop {
            let mut query = self.query();
            query.push_str("limit=500");
            if !next.is_empty() {
                query.push_str("&continue=");
                crate::resource::escape(&next, &mut query);
            }
            let path = format!("{}?{query}", self.resource.collection(&self.selection.namespace));
            let bytes = self.client.bytes(Method::GET, &path, accept, None).await?;
            let list: List<'_> = serde_json::from_slice(&bytes).map_err(malformed)?;
            for item in list.items.iter().flatten() {
                self.sink.stage(item).map_err(malformed)?;
            }
            if list.metadata.r#continue.is_empty() {
                self.version = list.metadata.resource_version;
                self.sink.replace(number(&self.version));
                return Ok(());
            }
            next = list.metadata.r#continue;
        }
    }

    async fn watch(&mut self, initial: bool) -> Result<(), Error> {
        let seconds = 300 + rand::random::<u64>() % 300;
        let mut query = self.query();
        query.push_str("watch=true&allowWatchBookmarks=true&timeoutSeconds=");
        query.push_str(&seconds.to_string());
        if initial {
            query.push_str("&sendInitialEvents=true&resourceVersionMatch=NotOlderThan");
        } else {
            query.push_str("&resourceVersion=");
            query.push_str(&self.version);
        }
        let path = format!("{}?{query}", self.resource.collection(&self.selection.namespace));
        let accept = self.accept("PartialObjectMetadata");
        let response = self.client.send_unlimited(Method::GET, &path, accept, None).await?;
        let mut lines = Lines::new(refused(response).await?.into_body());
        let mut reading = initial;
        // A server that says nothing at all for longer than the watch lasts is gone.
        let limit = Duration::from_secs(seconds + 30);
        while let Some(line) = match tokio::time::timeout(limit, lines.next()).await {
            Ok(line) => line?,
            Err(_) => return Err(Error::Transport("the watch fell silent".into())),
        } {
            reading = self.frame(&line, reading)?;
        }
        if reading {
            return Err(Error::Transport("the watch ended before the initial events did".into()));
        }
        Ok(())
    }

    /// Takes one frame in; returns whether the initial events are still coming.
    fn frame(&mut self, line: &[u8], reading: bool) -> Result<bool, Error> {
        let frame: Frame<'_> = serde_json::from_slice(line).map_err(malformed)?;
        match frame.r#type {
            "ADDED" | "MODIFIED" if reading => self.sink.stage(frame.object).map_err(malformed)?,
            "DELETED" if reading => {
                return Err(Error::Malformed("a deletion among the initial events".into()));
            }
            "ADDED" | "MODIFIED" => self.change(Change::Applied, frame.object)?,
            "DELETED" => self.change(Change::Deleted, frame.object)?,
            "BOOKMARK" => {
                let marker: Marker = serde_json::from_str(frame.object.get()).map_err(malformed)?;
                let version = number(&marker.metadata.resource_version);
                let ends = marker.metadata.annotations.get("k8s.io/initial-events-end");
                if !reading {
                    self.version = marker.metadata.resource_version;
                    self.sink.progress(version);
                } else if ends.is_some_and(|value| value == "true") {
                    self.version = marker.metadata.resource_version;
                    self.sink.replace(version);
                    return Ok(false);
                }
            }
            "ERROR" => {
                let status: Status = serde_json::from_str(frame.object.get()).unwrap_or_default();
                return Err(Error::Status(Box::new(status)));
            }
            other => return Err(Error::Malformed(format!("unknown watch event {other:?}"))),
        }
        Ok(reading)
    }

    fn change(&mut self, change: Change, object: &RawValue) -> Result<(), Error> {
        self.version = self.sink.apply(change, object).map_err(malformed)?;
        self.sink.progress(number(&self.version));
        Ok(())
    }

    fn query(&self) -> String {
        let mut query = String::new();
        for (name, value) in
            [("fieldSelector", &self.selection.fields), ("labelSelector", &self.selection.labels)]
        {
            if !value.is_empty() {
                query.push_str(name);
                query.push('=');
                crate::resource::escape(value, &mut query);
                query.push('&');
            }
        }
        query
    }

    fn accept(&self, form: &'static str) -> &'static str {
        if !self.selection.metadata_only {
            return "application/json";
        }
        match form {
            "PartialObjectMetadataList" => {
                "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
            }
            _ => "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1",
        }
    }
}

fn malformed(error: serde_json::Error) -> Error {
    Error::Malformed(error.to_string())
}

/// Resource versions are decimal numbers that can be compared.
pub fn number(resource_version: &str) -> u64 {
    resource_version.parse().unwrap_or(0)
}

/// The version of an object held as a tree.
pub fn version_of(object: &Value) -> u64 {
    number(object.pointer("/metadata/resourceVersion").and_then(Value::as_str).unwrap_or_default())
}

/// Splits a body into lines without copying more than the line that a chunk breaks.
struct Lines {
    body: Body,
    rest: BytesMut,
    searched: usize,
}

impl Lines {
    fn new(body: Body) -> Self {
        Self { body, rest: BytesMut::new(), searched: 0 }
    }

    async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            if let Some(at) = self.rest[self.searched..].iter().position(|&byte| byte == b'\n') {
                let line = self.rest.split_to(self.searched + at + 1).freeze();
                self.searched = 0;
                if line.len() > 1 {
                    return Ok(Some(line));
                }
                continue;
            }
            self.searched = self.rest.len();
            match self.body.frame().await {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        self.rest.extend_from_slice(&data);
                    }
                }
                Some(Err(error)) => return Err(Error::Transport(error.to_string())),
                None if self.rest.is_empty() => return Ok(None),
                None => {
                    self.searched = 0;
                    return Ok(Some(self.rest.split().freeze()));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;

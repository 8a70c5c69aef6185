//! An administrator's calls to one API server.

use std::path::Path;
use std::time::Duration;

use bytes::{Buf, BytesMut};
use http::Request;
use http_body_util::BodyExt;
use kube::client::Body;
use kube::config::{KubeConfigOptions, Kubeconfig};
use serde_json::Value;
use tokio::time::timeout;

use crate::Error;

/// Longest time that a call may take.
const CALL: Duration = Duration::from_secs(30);

/// A client of the server on one port.
#[derive(Clone)]
pub(super) struct Client {
    kube: kube::Client,
    /// Port, which names the server.
    pub(super) port: u16,
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) code: u16,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; null if it is not.
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The object of a good answer; what the server said otherwise.
    pub(super) fn object(self, what: &str) -> Result<Value, Error> {
        if (200..300).contains(&self.code) {
            return Ok(self.json());
        }
        let text = String::from_utf8_lossy(&self.body);
        Err(failed(format!("{what}: {}: {text}", self.code)))
    }
}

impl Client {
    /// A client with the identity of a kubeconfig, of the server on a port of loopback.
    pub(super) async fn new(kubeconfig: &Path, port: u16) -> Result<Self, Error> {
        let config = Kubeconfig::read_from(kubeconfig).map_err(failed)?;
        let options = KubeConfigOptions::default();
        let mut config =
            kube::Config::from_custom_kubeconfig(config, &options).await.map_err(failed)?;
        let url = format!("https://127.0.0.1:{port}");
        config.cluster_url = url.parse().map_err(failed)?;
        let kube = kube::Client::try_from(config).map_err(failed)?;
        Ok(Self { kube, port })
    }

    /// Calls and reads the whole answer.
    pub(super) async fn call(
        &self,
        method: &str,
        path: &str,
        object: Option<&Value>,
    ) -> Result<Answer, Error> {
        self.accepting("application/json", method, path, object).await
    }

    /// Calls for a media type.
    pub(super) async fn accepting(
        &self,
        media: &str,
        method: &str,
        path: &str,
        object: Option<&Value>,
    ) -> Result<Answer, Error> {
        let body = object.map(ToString::to_string).unwrap_or_default();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("accept", media)
            .header("content-type", "application/json")
            .body(Body::from(body.into_bytes()))
            .map_err(failed)?;
        let call = async {
            let response = self.kube.send(request).await.map_err(failed)?;
            let code = response.status().as_u16();
            let body = response.into_body().collect().await.map_err(failed)?;
            Ok(Answer { code, body: body.to_bytes().to_vec() })
        };
        timeout(CALL, call).await.map_err(|_| failed(format!("{method} {path}: no answer")))?
    }

    /// Reads an object.
    pub(super) async fn get(&self, path: &str) -> Result<Value, Error> {
        self.call("GET", path, None).await?.object(path)
    }

    /// Opens a watch.
    pub(super) async fn watch(&self, path: &str) -> Result<Lines, Error> {
        let request = Request::get(path).body(Body::empty()).map_err(failed)?;
        let response = timeout(CALL, self.kube.send(request)).await;
        let response = response.map_err(|_| failed("no answer"))?.map_err(failed)?;
        if response.status() != 200 {
            return Err(failed(format!("{path}: {}", response.status())));
        }
        Ok(Lines { body: response.into_body(), held: BytesMut::new() })
    }
}

/// The lines of an open answer.
pub(super) struct Lines {
    body: Body,
    held: BytesMut,
}

impl Lines {
    /// The next line as JSON; none when the server has ended.
    pub(super) async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some(end) = self.held.iter().position(|byte| *byte == b'\n') {
                let line = self.held.split_to(end);
                self.held.advance(1);
                return serde_json::from_slice(&line).ok();
            }
            let frame = self.body.frame().await?.ok()?;
            if let Some(data) = frame.data_ref() {
                self.held.extend_from_slice(data);
            }
        }
    }
}

/// A failure of the run.
pub(super) fn failed(reason: impl std::fmt::Display) -> Error {
    Error::Program { program: "handover".into(), reason: reason.to_string() }
}

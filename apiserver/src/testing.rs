//! What tests of several modules stand on: requests without a connection, watches that say nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::Method;
use http_body_util::BodyExt;
use pintle_engine::RequestInfo;
use pintle_storage::{Error, Watch, WatchBatch};
use tokio::sync::Notify;

use crate::body;
use crate::rest::{ApiRequest, Rest};

/// A watch that tells nothing while it is to be quiet.
pub(crate) struct QuietWatch {
    pub(crate) watch: Box<dyn Watch>,
    pub(crate) quiet: Arc<AtomicBool>,
}

impl Watch for QuietWatch {
    fn try_next(&mut self) -> Result<Option<WatchBatch>, Error> {
        if self.quiet.load(Ordering::SeqCst) { Ok(None) } else { self.watch.try_next() }
    }

    fn arrival(&self) -> Arc<Notify> {
        self.watch.arrival()
    }

    fn request_progress(&self) {
        self.watch.request_progress();
    }
}

/// Code and body of an answer.
pub(crate) async fn ask(rest: &Rest, method: Method, target: &str, body: &str) -> (u16, String) {
    let request = http::Request::builder()
        .method(method.clone())
        .uri(target)
        .header("content-type", "application/json")
        .body(());
    let parts = request.expect("a request").into_parts().0;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let info = RequestInfo::parse(method.as_str(), path, query).expect("a resource");
    let body = body::full(body.to_owned());
    let response = rest.handle(ApiRequest { info, user: Arc::default(), parts, body }).await;
    let code = response.status().as_u16();
    let bytes = response.into_body().collect().await.expect("the body ends").to_bytes();
    (code, String::from_utf8_lossy(&bytes).into_owned())
}

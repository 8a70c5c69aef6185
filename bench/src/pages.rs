//! A LIST of all pods page by page, as clients with a limit read it.

use std::time::Instant;

use bytes::Bytes;
use http_body_util::Full;

use crate::Failure;
use crate::client::{Connection, Protocol, Target};
use crate::load::{self, Cost};
use crate::read::JSON;
use crate::subject::Subject;

/// Items of a page: what client-go's pager asks for.
const LIMIT: usize = 500;
/// Where a list's metadata ends at the latest.
const HEAD: usize = 2048;

/// Reads the whole list `count` times.
pub(crate) fn run(subject: &Subject, count: usize) -> Result<Cost, Failure> {
    load::on_own_processor(|| async {
        let target = subject.target();
        let mut connection = target.connect(Protocol::Http2).await?;
        read_all(&mut connection, target).await?;
        let before = subject.usage();
        let started = Instant::now();
        let mut bytes = 0;
        for _ in 0..count {
            bytes += read_all(&mut connection, target).await?;
        }
        let wall = started.elapsed();
        let processor = load::spent(&before, &subject.usage());
        Ok(Cost { count, wall, bytes, processor })
    })
}

/// Reads page after page; returns the bytes of them all.
async fn read_all(connection: &mut Connection, target: &Target) -> Result<usize, Failure> {
    let mut bytes = 0;
    let mut token = String::new();
    loop {
        let mut path = format!("/api/v1/pods?limit={LIMIT}");
        if !token.is_empty() {
            path.push_str("&continue=");
            path.push_str(&token);
        }
        let request = target.request("GET", &path).header("accept", JSON);
        let (code, body) = connection.fetch(request.body(Full::<Bytes>::default())?).await?;
        if code != 200 {
            return Err(format!("{path}: {code}").into());
        }
        bytes += body.len();
        match next(&body) {
            Some(next) => next.clone_into(&mut token),
            None => return Ok(bytes),
        }
    }
}

/// The token of the next page, which stands before the items.
fn next(page: &[u8]) -> Option<&str> {
    let head = &page[..page.len().min(HEAD)];
    let head = std::str::from_utf8(head).unwrap_or_else(|error| {
        std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
    });
    let metadata = head.split_once(r#""items":"#).map_or(head, |(metadata, _)| metadata);
    let (_, rest) = metadata.split_once(r#""continue":""#)?;
    rest.split('"').next().filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn a_page_says_where_the_next_begins() {
        let page =
            br#"{"kind":"PodList","metadata":{"resourceVersion":"1","continue":"eyJ"},"items":[]}"#;
        assert_eq!(next(page), Some("eyJ"));
        let last =
            br#"{"kind":"PodList","metadata":{"resourceVersion":"1"},"items":[{"continue":"x"}]}"#;
        assert_eq!(next(last), None);
    }
}

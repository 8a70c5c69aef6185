//! Which form a request asks for, and in which form its body comes.

use pintle_machinery::status::{GroupResource, ServerResponse, Status};

/// Media types of objects, in the order in which they are offered.
pub const MEDIA_TYPES: [&str; 3] =
    ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

/// Media types of streams.
pub const STREAM_TYPES: [&str; 2] =
    ["application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch"];

/// Media types that a route which lists produces: of objects, then of streams.
pub const ROUTE_TYPES: [&str; 5] =
    [MEDIA_TYPES[0], MEDIA_TYPES[1], MEDIA_TYPES[2], STREAM_TYPES[0], STREAM_TYPES[1]];

/// Media types of patches, in the order in which they are offered.
pub const PATCH_TYPES: [&str; 4] = [
    "application/json-patch+json",
    "application/merge-patch+json",
    "application/strategic-merge-patch+json",
    "application/apply-patch+yaml",
];

/// How objects are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
    /// Protobuf in its envelope.
    Protobuf,
}

impl Encoding {
    const ALL: [Encoding; 3] = [Self::Json, Self::Yaml, Self::Protobuf];

    /// The media type.
    pub fn media_type(self) -> &'static str {
        MEDIA_TYPES[self as usize]
    }
}

/// Another kind that objects are turned into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transform {
    /// `meta.k8s.io` Table in a version.
    Table(String),
    /// `PartialObjectMetadata` of an object, in a version.
    Metadata(String),
    /// `PartialObjectMetadataList` of a list, in a version.
    MetadataList(String),
}

/// The outcome of negotiation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Encoding.
    pub encoding: Encoding,
    /// Indented JSON.
    pub pretty: bool,
    /// What objects are turned into.
    pub transform: Option<Transform>,
}

/// What an endpoint can do besides plain objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Objects can be turned into tables and metadata.
    pub transforms: bool,
    /// The answer is a stream.
    pub stream: bool,
}

impl Offer {
    /// Plain objects only (`negotiation.DefaultEndpointRestrictions`).
    pub const PLAIN: Offer = Offer { transforms: false, stream: false };
    /// A resource's objects.
    pub const OBJECTS: Offer = Offer { transforms: true, stream: false };
    /// A resource's watch.
    pub const WATCH: Offer = Offer { transforms: true, stream: true };
}

/// Chooses the form of the answer (`handlers/negotiation.NegotiateMediaTypeOptions`).
pub fn negotiate(accept: &str, offer: Offer, pretty: bool) -> Result<Accepted, Status> {
    let plain = |encoding| Accepted { encoding, pretty, transform: None };
    let chosen = if accept.is_empty() {
        Some(plain(Encoding::Json))
    } else {
        parse_accept(accept).iter().find_map(|clause| {
            Encoding::ALL
                .into_iter()
                .filter(|encoding| clause.covers(encoding.media_type()))
                .find_map(|encoding| clause.accept(encoding, offer, pretty))
        })
    };
    match chosen {
        Some(accepted) if !(offer.stream && accepted.encoding == Encoding::Yaml) => Ok(accepted),
        Some(_) => Err(Status::not_acceptable(&STREAM_TYPES)),
        None => Err(Status::not_acceptable(&MEDIA_TYPES)),
    }
}

/// The media type that a client likes best among those offered, which stand in order of preference;
/// parameters are ignored. No header accepts the first.
pub fn media_type<'a>(accept: &str, offered: &[&'a str]) -> Option<&'a str> {
    let accept = if accept.is_empty() { "*/*" } else { accept };
    parse_accept(accept)
        .iter()
        .find_map(|clause| offered.iter().copied().find(|offer| clause.covers(offer)))
}

/// The header is there, and names no media type.
pub fn names_nothing(accept: &str) -> bool {
    !accept.is_empty() && parse_accept(accept).is_empty()
}

/// The check that comes first: the bare media types that a route produces (go-restful's
/// `Route.matchesAccept`).
pub fn check_route(accept: &str, produces: &[&str]) -> Result<(), Status> {
    let matches = |clause: &str| {
        let media = clause.split(';').next().unwrap_or_default().trim_matches(' ');
        media == "*/*" || produces.contains(&media)
    };
    if accept.is_empty() || accept.split(',').any(matches) {
        return Ok(());
    }
    let message =
        format!("406: Not Acceptable\n\nAvailable representations: {}", produces.join(", "));
    Err(route_error(406, &message))
}

/// An error of the router, as it appears on the wire.
pub fn route_error(code: u16, message: &str) -> Status {
    Status::generic_server_response(&ServerResponse {
        code,
        verb: "",
        resource: GroupResource::NONE,
        name: "",
        message,
        retry_after_seconds: 0,
        unexpected: false,
    })
}

/// Indented JSON is wanted (`handlers/negotiation.isPrettyPrint`).
pub fn wants_pretty(query: Option<&str>, user_agent: &str) -> bool {
    match query {
        Some(value) if !value.is_empty() => {
            matches!(value, "1" | "t" | "T" | "true" | "TRUE" | "True")
        }
        _ => ["curl", "Wget", "Mozilla/5.0"].iter().any(|agent| user_agent.starts_with(agent)),
    }
}

/// How a request's body is encoded (`handlers/negotiation.NegotiateInputSerializer`).
pub fn input(content_type: &str) -> Result<Encoding, Status> {
    if content_type.is_empty() {
        return Ok(Encoding::Json);
    }
    let bare = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Encoding::ALL
        .into_iter()
        .find(|encoding| encoding.media_type() == bare)
        .ok_or_else(|| Status::unsupported_media_type(&MEDIA_TYPES))
}

/// A clause of an Accept header.
#[derive(Debug)]
struct Clause<'a> {
    kind: &'a str,
    subtype: &'a str,
    quality: f64,
    params: Vec<(&'a str, &'a str)>,
}

impl Clause<'_> {
    fn covers(&self, media_type: &str) -> bool {
        let (kind, subtype) = media_type.split_once('/').unwrap_or_default();
        match (self.kind, self.subtype) {
            ("*", "*") => true,
            (own, "*") => own == kind,
            (own, sub) => own == kind && sub == subtype,
        }
    }

    /// Takes the clause's parameters, if the endpoint allows them (`acceptMediaTypeOptions`).
    fn accept(&self, encoding: Encoding, offer: Offer, pretty: bool) -> Option<Accepted> {
        let (mut group, mut version, mut kind) = (None, None, None);
        for (key, value) in &self.params {
            match *key {
                "as" => kind = Some(*value),
                "g" => group = Some(*value),
                "v" => version = Some(*value),
                "stream"
                    if !value.is_empty() && (*value != "watch" || encoding == Encoding::Yaml) =>
                {
                    return None;
                }
                "sv" if !value.is_empty() && *value != "v1" => return None,
                _ => {}
            }
        }
        let mut transform = None;
        if group.is_some() || version.is_some() || kind.is_some() {
            let version = version.filter(|version| matches!(*version, "v1" | "v1beta1"))?;
            if !offer.transforms || group != Some("meta.k8s.io") {
                return None;
            }
            transform = Some(match kind? {
                "Table" if encoding != Encoding::Protobuf => Transform::Table(version.into()),
                "PartialObjectMetadata" => Transform::Metadata(version.into()),
                "PartialObjectMetadataList" => Transform::MetadataList(version.into()),
                _ => return None,
            });
        }
        Some(Accepted { encoding, pretty, transform })
    }
}

/// Clauses by quality, then the wildcards last (goautoneg's `ParseAccept`).
fn parse_accept(header: &str) -> Vec<Clause<'_>> {
    let mut clauses: Vec<Clause<'_>> = header.split(',').filter_map(parse_clause).collect();
    clauses.sort_by(|a, b| {
        let wild = |clause: &Clause<'_>| (clause.kind == "*", clause.subtype == "*");
        b.quality.total_cmp(&a.quality).then(wild(a).cmp(&wild(b)))
    });
    clauses
}

fn parse_clause(clause: &str) -> Option<Clause<'_>> {
    let mut pieces = clause.split(';').map(str::trim);
    let media = pieces.next()?;
    let (kind, subtype) = match media.split_once('/') {
        Some((kind, subtype)) => (kind.trim(), subtype.trim()),
        None if media == "*" => ("*", "*"),
        None => return None,
    };
    let mut parsed = Clause { kind, subtype, quality: 1.0, params: Vec::new() };
    for piece in pieces {
        let Some((key, value)) = piece.split_once('=') else { continue };
        let (key, value) = (key.trim(), value.trim());
        if key == "q" {
            parsed.quality = value.parse().unwrap_or(0.0);
        } else {
            parsed.params.push((key, value));
        }
    }
    Some(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept: &str, offer: Offer, wanted: Option<(Encoding, Option<Transform>)>) {
        let found = negotiate(accept, offer, false).ok();
        let found = found.map(|accepted| (accepted.encoding, accepted.transform));
        assert_eq!(found, wanted, "{accept}");
    }

    #[test]
    fn the_first_clause_that_can_be_served_wins() {
        check("", Offer::OBJECTS, Some((Encoding::Json, None)));
        check("*/*", Offer::OBJECTS, Some((Encoding::Json, None)));
        check("text/html, application/yaml", Offer::OBJECTS, Some((Encoding::Yaml, None)));
        check(
            "application/yaml;q=0.1, application/json;q=0.5",
            Offer::OBJECTS,
            Some((Encoding::Json, None)),
        );
        check("*/*, application/yaml", Offer::OBJECTS, Some((Encoding::Yaml, None)));
        check("text/html", Offer::OBJECTS, None);
    }

    #[test]
    fn tables_are_no_protobuf() {
        let table = Some(Transform::Table("v1".into()));
        let accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
        check(accept, Offer::OBJECTS, Some((Encoding::Json, table)));
        let accept = "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io";
        check(accept, Offer::OBJECTS, None);
        check("application/json;as=Table;v=v2;g=meta.k8s.io", Offer::OBJECTS, None);
        check("application/json;as=Table;v=v1;g=meta.k8s.io", Offer::PLAIN, None);
    }

    #[test]
    fn a_watch_is_no_yaml() {
        check("application/yaml", Offer::WATCH, None);
        let protobuf = Some((Encoding::Protobuf, None));
        check("application/vnd.kubernetes.protobuf;stream=watch", Offer::WATCH, protobuf);
    }
}

//! The lease by which this server makes itself known to its peers.

use serde_json::json;

use super::{Config, Error, Loopback};

/// Where such leases are.
pub(super) const COLLECTION: &str = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

/// Label that says whose lease it is (`apiserver.IdentityLeaseComponentLabelKey`).
pub(super) const LABEL: &str = "apiserver.kubernetes.io/identity";

/// Name of the lease: a hash of host name and component (`server.NewConfig`).
pub(super) fn name(hostname: &str) -> String {
    let mut text = Vec::new();
    for part in [hostname, "kube-apiserver"] {
        text.extend((part.len() as u16).to_be_bytes());
        text.extend(part.as_bytes());
    }
    let hash = ring::digest::digest(&ring::digest::SHA256, &text);
    format!("apiserver-{}", base32(&hash.as_ref()[..16]))
}

/// RFC 4648 base32 without padding, in lower case.
fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let (mut out, mut bits, mut held) = (String::new(), 0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            out.push(char::from(ALPHABET[(bits >> held & 31) as usize]));
        }
    }
    if held > 0 {
        out.push(char::from(ALPHABET[(bits << (5 - held) & 31) as usize]));
    }
    out
}

/// Makes or renews the lease.
pub(super) async fn renew(server: &Loopback, config: &Config) -> Result<(), Error> {
    let name = name(&config.hostname);
    let path = format!("{COLLECTION}/{name}");
    let holder = format!("{name}_{}", config.instance);
    let spec = json!({
        "holderIdentity": holder,
        "leaseDurationSeconds": 3600,
        "renewTime": server.now().rfc3339_micro(),
    });
    if let Some(mut lease) = server.get(&path).await? {
        lease["spec"] = spec;
        return server.put(&path, &lease).await.map(|_| ());
    }
    let address = std::net::SocketAddr::new(config.advertise_address, config.port);
    let lease = json!({
        "apiVersion": "coordination.k8s.io/v1",
        "kind": "Lease",
        "metadata": {
            "name": name,
            "namespace": "kube-system",
            "labels": {
                LABEL: "kube-apiserver",
                "kubernetes.io/hostname": config.hostname,
            },
            "annotations": {"kubernetes.io/peer-advertise-address": address.to_string()},
        },
        "spec": spec,
    });
    server.post(COLLECTION, &lease).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_name_is_stocks() {
        assert_eq!(super::name("node1"), "apiserver-hbz46noag6fulempxd2cbk6bvq");
    }
}

//! What a service of another type drops (`registry/core/service.dropTypeDependentFields`).

use std::collections::BTreeSet;

use pintle_engine::{Context, Value};
use pintle_machinery::path::ValueExt;

use super::kind;

/// Drops what the system set for the old type, where the client did not change it as well: then
/// validation has its say.
pub(super) fn prepare(ctx: &Context<'_>, service: &mut Value, old: Option<&Value>) {
    let Some(old) = old.filter(|_| ctx.subresource.is_empty()) else { return };
    if !service["spec"].is_object() {
        return;
    }
    addresses(service, old);
    ports(service, old);
    let local = |one: &Value| {
        let policy = one.str_at(&["spec", "externalTrafficPolicy"]);
        kind(one) == "LoadBalancer" && policy == Some("Local")
    };
    if local(old) && !local(service) {
        drop_same(service, old, "healthCheckNodePort");
    }
    if kind(old) == "LoadBalancer" && kind(service) != "LoadBalancer" {
        drop_same(service, old, "allocateLoadBalancerNodePorts");
        drop_same(service, old, "loadBalancerClass");
    }
    if is_outside(old) && !is_outside(service) {
        drop_same(service, old, "externalTrafficPolicy");
    }
    if kind(service) != "LoadBalancer" && service.at(&["status", "loadBalancer"]).is_some() {
        service.set(&["status", "loadBalancer"], Value::Object(pintle_machinery::Map::new()));
    }
}

/// External names have no addresses.
fn addresses(service: &mut Value, old: &Value) {
    if kind(old) == "ExternalName" || kind(service) != "ExternalName" {
        return;
    }
    let same = |field: &str| old.at(&["spec", field]) == service.at(&["spec", field]);
    if same("clusterIP") && same("clusterIPs") {
        drop_same(service, old, "clusterIP");
        drop_same(service, old, "clusterIPs");
    }
    drop_same(service, old, "ipFamilies");
    drop_same(service, old, "ipFamilyPolicy");
}

/// Node ports that the service had before go; one that is new is for validation.
fn ports(service: &mut Value, old: &Value) {
    let on_nodes = |one: &Value| matches!(kind(one), "NodePort" | "LoadBalancer");
    let numbers = |one: &Value| -> BTreeSet<i64> {
        let ports = one.list_at(&["spec", "ports"]).iter();
        ports.filter_map(|port| port.i64_at(&["nodePort"])).filter(|port| *port != 0).collect()
    };
    if !on_nodes(old) || on_nodes(service) || !numbers(old).is_superset(&numbers(service)) {
        return;
    }
    let ports = service.at_mut(&["spec", "ports"]).and_then(Value::as_array_mut);
    for port in ports.into_iter().flatten() {
        port.remove_at(&["nodePort"]);
    }
}

fn drop_same(service: &mut Value, old: &Value, field: &str) {
    let path = ["spec", field];
    if old.at(&path) == service.at(&path) {
        service.remove_at(&path);
    }
}

/// `apiservice.ExternallyAccessible`.
fn is_outside(service: &Value) -> bool {
    match kind(service) {
        "LoadBalancer" | "NodePort" => true,
        "ClusterIP" => !service.list_at(&["spec", "externalIPs"]).is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use pintle_engine::User;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(old: Value, new: Value, expected: Value) {
        let user = User::default();
        let ctx = Context {
            now: 0,
            user: &user,
            namespace: "default",
            name: "web",
            subresource: "",
            random: 0,
            dry_run: false,
        };
        let mut service = json!({"spec": new});
        prepare(&ctx, &mut service, Some(&json!({"spec": old})));
        assert_eq!(service["spec"], expected);
    }

    #[test]
    fn an_external_name_gives_up_its_addresses() {
        let addresses = json!({"type": "ClusterIP", "clusterIP": "10.0.0.1",
            "clusterIPs": ["10.0.0.1"], "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack"});
        let mut new = addresses.clone();
        new["type"] = "ExternalName".into();
        check(addresses.clone(), new.clone(), json!({"type": "ExternalName"}));
        new["clusterIP"] = "10.0.0.2".into();
        check(
            addresses,
            new,
            json!({"type": "ExternalName", "clusterIP": "10.0.0.2", "clusterIPs": ["10.0.0.1"]}),
        );
    }

    #[test]
    fn ports_of_nodes_go_unless_one_is_new() {
        let old = json!({"type": "NodePort", "externalTrafficPolicy": "Cluster",
            "ports": [{"port": 80, "nodePort": 30080}]});
        let inside = json!({"type": "ClusterIP", "externalTrafficPolicy": "Cluster",
            "ports": [{"port": 81, "nodePort": 30080}]});
        check(old.clone(), inside, json!({"type": "ClusterIP", "ports": [{"port": 81}]}));
        let other = json!({"type": "ClusterIP", "ports": [{"port": 80, "nodePort": 30081}]});
        check(old, other.clone(), other);
    }

    #[test]
    fn what_only_balancers_have_goes_with_them() {
        let old = json!({"type": "LoadBalancer", "externalTrafficPolicy": "Local",
            "healthCheckNodePort": 32000, "loadBalancerClass": "a/b",
            "allocateLoadBalancerNodePorts": true});
        let mut new = old.clone();
        new["type"] = "NodePort".into();
        check(
            old.clone(),
            new.clone(),
            json!({"type": "NodePort", "externalTrafficPolicy": "Local"}),
        );
        new["loadBalancerClass"] = "c/d".into();
        check(
            old,
            new,
            json!({"type": "NodePort", "externalTrafficPolicy": "Local", "loadBalancerClass": "c/d"}),
        );
    }
}

use super::*;

const KUBEADM: &[&str] = &[
    "--advertise-address=192.0.2.1",
    "--allow-privileged=true",
    "--authorization-mode=Node,RBAC",
    "--client-ca-file=/pki/ca.crt",
    "--enable-admission-plugins=NodeRestriction",
    "--enable-bootstrap-token-auth=true",
    "--etcd-cafile=/pki/etcd/ca.crt",
    "--etcd-certfile=/pki/apiserver-etcd-client.crt",
    "--etcd-keyfile=/pki/apiserver-etcd-client.key",
    "--etcd-servers=https://127.0.0.1:2379",
    "--kubelet-client-certificate=/pki/apiserver-kubelet-client.crt",
    "--kubelet-client-key=/pki/apiserver-kubelet-client.key",
    "--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
    "--proxy-client-cert-file=/pki/front-proxy-client.crt",
    "--proxy-client-key-file=/pki/front-proxy-client.key",
    "--requestheader-allowed-names=front-proxy-client",
    "--requestheader-client-ca-file=/pki/front-proxy-ca.crt",
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-username-headers=X-Remote-User",
    "--runtime-config=",
    "--secure-port=6443",
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    "--service-account-key-file=/pki/sa.pub",
    "--service-account-signing-key-file=/pki/sa.key",
    "--service-cluster-ip-range=10.96.0.0/12",
    "--tls-cert-file=/pki/apiserver.crt",
    "--tls-private-key-file=/pki/apiserver.key",
];

#[track_caller]
fn check(more: &[&str], expected: &[&str]) {
    let mut args = KUBEADM.to_vec();
    args.extend(more);
    assert!(matches!(Options::parse(&args), Ok(Command::Serve(_))));
    assert_eq!(Options::problems(&args), expected);
}

#[test]
fn what_kubeadm_passes_is_all_that_is_needed() {
    check(&[], &[]);
    check(&["--embedded-store-dir=/var/lib/store"], &[]);
}

#[test]
fn storage_flags_are_checked() {
    check(&["--storage-backend=etcd3", "--storage-media-type=application/json"], &[]);
    check(
        &["--storage-backend=etcd2", "--storage-media-type=text/plain"],
        &[
            "--storage-backend invalid, allowed values: etcd3. If not specified, it will default \
             to 'etcd3'",
            "--storage-media-type \"text/plain\" invalid, allowed values: application/json, \
             application/vnd.kubernetes.protobuf, application/yaml",
        ],
    );
    check(
        &["--etcd-servers-overrides=/events#http://e:1,events"],
        &["--etcd-servers-overrides invalid, must be of format: group/resource#servers, where \
           servers are URLs, semicolon separated"],
    );
}

#[test]
fn etcd_is_reached_as_the_flags_say() {
    let Ok(Command::Serve(options)) = Options::parse(KUBEADM) else { panic!("does not parse") };
    let etcd = &options.storage.etcd;
    assert_eq!(etcd.endpoints, ["https://127.0.0.1:2379"]);
    assert_eq!(etcd.tls.authority, Some("/pki/etcd/ca.crt".into()));
    assert_eq!(etcd.tls.key, Some("/pki/apiserver-etcd-client.key".into()));
    assert_eq!((options.storage.prefix.as_str(), options.storage.as_json), ("/registry", false));
    assert_eq!(options.storage.compaction_interval, Duration::from_mins(5));
}

#[test]
fn the_quota_of_the_embedded_store_is_read_as_etcd_reads_its_own() {
    #[track_caller]
    fn check(text: &str, expected: Option<u64>) {
        let mut args = KUBEADM.to_vec();
        let flag = format!("--embedded-store-quota-bytes={text}");
        args.push(&flag);
        let Ok(Command::Serve(options)) = Options::parse(&args) else { panic!("does not parse") };
        assert_eq!(options.storage.quota_bytes, expected);
    }
    check("0", Some(2 << 30));
    check("1000", Some(1000));
    check("-1", None);
}

#[test]
fn values_out_of_range_are_refused() {
    check(
        &[
            "--embedded-store-dir=/s",
            "--goaway-chance=2",
            "--max-requests-inflight=-1",
            "--request-timeout=-1s",
            "--feature-gates=Nope=true",
            "--runtime-config=apps/v9=true,nope/v1=true",
        ],
        &[
            "--max-requests-inflight can not be negative value",
            "--request-timeout can not be negative value",
            "--goaway-chance can not be less than 0 or greater than 0.02",
            "unrecognized feature gate: Nope",
            "unknown api groups nope/v1",
        ],
    );
}

#[test]
fn what_is_not_there_yet_is_refused_unless_it_is_the_default() {
    let store = "--embedded-store-dir=/s";
    check(
        &[store, "--audit-policy-file=/policy.yaml"],
        &["--audit-policy-file asks for something that is not available in this build"],
    );
    check(&[store, "--audit-log-maxage=366"], &[]);
}

#[test]
fn one_authority_for_clients_and_proxies_is_refused() {
    let args = ["--embedded-store-dir=/s", "--requestheader-client-ca-file=/pki/ca.crt"];
    check(
        &args,
        &["--requestheader-client-ca-file and --client-ca-file must not be the same: every \
           client could then speak for any user"],
    );
}

#[test]
fn options_take_kubeadms_values() {
    let mut args = KUBEADM.to_vec();
    args.push("--embedded-store-dir=/s");
    let Ok(Command::Serve(options)) = Options::parse(&args) else { panic!("does not parse") };
    assert_eq!(options.authorization, [Mode::Node, Mode::Rbac]);
    assert_eq!(options.service_address, IpAddr::from([10, 96, 0, 1]));
    assert_eq!(options.authentication.api_audiences, options.authentication.issuers);
    assert!(options.authentication.anonymous);
    assert_eq!(options.bind.port(), 6443);
}

#[test]
fn without_modes_everything_is_allowed_and_nobody_is_anonymous() {
    let Ok(Command::Serve(options)) = Options::parse::<&str>(&[]) else { panic!("no parse") };
    assert_eq!(options.authorization, [Mode::AlwaysAllow]);
    assert!(!options.authentication.anonymous);
}

#[test]
fn the_flags_without_effect_are_those_that_the_documentation_lists() {
    let text = include_str!("../../../docs/flags.md");
    let section = text.split("\n## ").find_map(|part| part.strip_prefix("kube-apiserver\n"));
    let listed = section.and_then(|section| section.trim_start().split("\n\n").next());
    let listed: Vec<&str> =
        listed.unwrap_or_default().split_whitespace().map(|name| name.trim_matches('`')).collect();
    let mut harmless: Vec<&str> = table::flags()
        .map(|flag| flag.name)
        .filter(|name| table::support(name) == table::Support::Harmless)
        .collect();
    harmless.sort_unstable();
    assert_eq!(listed, harmless);
}

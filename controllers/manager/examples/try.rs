//! Runs the controllers against the cluster of a kubeconfig.
#[tokio::main]
async fn main() {
    pintle_component::klog::init(Default::default());
    let access = pintle_client::Access::from_kubeconfig(
        std::env::args().nth(1).as_deref(),
        None,
        "kube-controller-manager/v1.37.1",
    )
    .await
    .unwrap();
    let mut config = pintle_controller_manager::Config::new(access, "host");
    config.own_accounts = true;
    config.settings.root_ca = "ca".into();
    let stop = pintle_component::signals::Stop::on_signals().unwrap();
    let ended = pintle_controller_manager::run(config, stop).await;
    tracing::info!("{ended:?}");
}

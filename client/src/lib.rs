//! How parts talk to the API: transports, kubeconfig, informers, leader election.

//! Cases recorded from the stock kube-apiserver.

mod apply;

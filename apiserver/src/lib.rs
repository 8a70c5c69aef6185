//! kube-apiserver: flags, listeners, the request chain.

//! kube-scheduler: queue, snapshot, cycle, one file per plugin.

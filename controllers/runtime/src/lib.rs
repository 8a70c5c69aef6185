//! Informers, queues, leases, and the carrying out of a plan.

//go:build tools

// Package etcd names the store that stock runs on, so that its modules stay listed as test
// dependencies.
package etcd

import (
	_ "go.etcd.io/etcd/etcdctl/v3"
	_ "go.etcd.io/etcd/server/v3"
)

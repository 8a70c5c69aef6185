//go:build tools

// Package etcd names the store of an earlier release, so that its modules stay listed as test
// dependencies.
package etcd

import _ "go.etcd.io/etcd/server/v3"

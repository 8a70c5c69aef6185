//go:build tools

// Package coredns names the cluster's DNS server of the conformance suite, so that its modules stay
// listed as test dependencies.
package coredns

import _ "github.com/coredns/coredns/coremain"

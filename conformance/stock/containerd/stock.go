//go:build tools

// Package containerd names the container runtime of the conformance suite, so that its modules stay
// listed as test dependencies.
package containerd

import (
	_ "github.com/containerd/containerd/v2/cmd/containerd"
	_ "github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2"
	_ "github.com/containerd/containerd/v2/cmd/ctr"
)

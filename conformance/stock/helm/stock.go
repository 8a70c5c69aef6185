//go:build tools

// Package helm names the package manager that installs charts on both planes, so that its modules
// stay listed as test dependencies.
package helm

import _ "helm.sh/helm/v4/cmd/helm"

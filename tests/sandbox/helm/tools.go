//go:build tools

// Package tools keeps in go.mod what build/helm.sh builds and no source here imports.
package tools

import _ "helm.sh/helm/v3/cmd/helm"

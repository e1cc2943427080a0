//go:build tools

// Package tools keeps in go.mod what build/kubernetes.sh builds and no source here imports.
package tools

import _ "github.com/ray-project/kuberay/ray-operator"

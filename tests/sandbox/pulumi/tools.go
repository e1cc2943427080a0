//go:build tools

// Package tools keeps in go.mod what build/pulumi.sh builds and no source here imports.
package tools

import (
	_ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
	_ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
)

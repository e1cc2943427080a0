//go:build tools

// Package tools keeps in go.mod what build/versitygw.sh builds and no source here imports.
package tools

import _ "github.com/versity/versitygw/cmd/versitygw"

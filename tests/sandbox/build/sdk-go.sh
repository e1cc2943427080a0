#!/bin/bash
# What programs in Go need beside our SDK, compiled into Go's cache: three minutes that no test should wait.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
modules=$PROJECT/examples/quickstart/go
kubernetes=github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes

is_current "$STAMPS/sdk-go" "$modules/go.mod" "$modules/go.sum" && exit 0
say "Pulumi's SDKs for Go: compiling"
# The SDK that its go.mod looks for is made by the tests.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$modules"/go.{mod,sum} "$folder"
cd "$folder"
go mod edit -replace "example.com/pulumi-rayjob/sdk/go=$PROJECT/sdk/go"
CGO_ENABLED=0 nice -n 5 go build -v -trimpath -buildvcs=false $kubernetes/{core,networking}/v1 github.com/pulumi/pulumi/sdk/v3/go/auto/optup
mark_current "$STAMPS/sdk-go"

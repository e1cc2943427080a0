#!/bin/bash
# Pulumi's command line and its YAML host, compiled from the Go modules that pulumi/go.mod pins.
# (`go install PACKAGE@VERSION` would need the list of a module's versions, which a module proxy need not have.)
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
modules=$SANDBOX/pulumi

go_build() {
  local output=$1 package=$2
  shift 2
  is_current "$BIN/$output" "$modules" "$package" "$@" && return 0
  say "$output: compiling"
  mkdir -p "$BIN"
  (cd "$modules" && CGO_ENABLED=0 nice -n 5 go build -v -trimpath -buildvcs=false "$@" -o "$BIN/$output.new" "$package")
  mv "$BIN/$output.new" "$BIN/$output"
  mark_current "$BIN/$output"
}

[[ -z ${PULUMI:-} ]] || exit 0
go_build pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi \
  -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$PULUMI_VERSION"
go_build pulumi-language-yaml github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml \
  -ldflags "-s -w -X github.com/pulumi/pulumi-yaml/pkg/version.Version=$PULUMI_YAML_VERSION"

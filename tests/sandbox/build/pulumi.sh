#!/bin/bash
# Pulumi's command line and its YAML host, compiled from the Go modules that pulumi/go.mod pins.
# (`go install PACKAGE@VERSION` would need the list of a module's versions, which a module proxy need not have.)
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
modules=$SANDBOX/pulumi

[[ -z ${PULUMI:-} ]] || exit 0
go_build "$modules" pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi \
  -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$PULUMI_VERSION"
go_build "$modules" pulumi-language-yaml github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml \
  -ldflags "-s -w -X github.com/pulumi/pulumi-yaml/pkg/version.Version=$PULUMI_YAML_VERSION"

#!/bin/bash
# What writes the SDKs: Pulumi's own generators, compiled from the Go modules that provider/schema/sdk/go.mod pins.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"

go_build "$PROJECT/provider/schema/sdk" sdk-generator . -ldflags '-s -w'

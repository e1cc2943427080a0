#!/bin/bash
# What writes the examples of the schema's documentation in every language: Pulumi's own converters.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"

go_build "$PROJECT/provider/schema/examples/converter" example-converter . -ldflags '-s -w'

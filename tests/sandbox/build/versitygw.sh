#!/bin/bash
# Versity's S3 gateway, compiled from the Go modules that versitygw/go.mod pins: the second S3 server of the tests, which
# keeps objects as files of a folder and knows checksums, conditions, tags and TLS.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"

go_build "$SANDBOX/versitygw" versitygw github.com/versity/versitygw/cmd/versitygw \
  -ldflags "-s -w -X main.Version=$VERSITYGW_VERSION"

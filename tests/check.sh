#!/bin/bash
# Formatting, lint and types of everything that is written in this project; no cluster, no network once tools are there.
set -euo pipefail
. "$(dirname "$0")/sandbox/lib/all.sh"

require
if [[ ! -x $PYTHON/shellcheck ]]; then
  lock_changing
  mkdir -p "$LOGS"
  say "installing shellcheck"
  bash "$SANDBOX/build/python.sh" >"$LOGS/build-python.log" 2>&1 || die "cannot install shellcheck; see $LOGS/build-python.log"
  unlock_changing
fi
use_tools
install_packages
cd "$PROJECT"
status=0

check() {
  local what=$1
  shift
  "$@" || {
    say "check failed: $what"
    status=1
  }
}

# shellcheck disable=SC2329
go_is_formatted() {
  local files
  files=$(gofmt -l tests/sandbox tests/oracle tests/sdk examples provider/schema)
  [[ -z $files ]] || printf '%s\nformat them with: gofmt -w\n' "$files" >&2
  [[ -z $files ]]
}

# It looks at all of Kubernetes on its way to two small programs, so once for each state of these is enough; and with
# the flags of the build, or all of Kubernetes would be compiled a second time, too.
# shellcheck disable=SC2329
go_is_sound() {
  is_current "$STAMPS/go-vet" "$SANDBOX/kubernetes" && return 0
  say "go vet: three minutes, this once"
  (cd "$SANDBOX/kubernetes" && CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false" go vet -tags providerless ./kubeall ./pause) || return 1
  mark_current "$STAMPS/go-vet"
}

# shellcheck disable=SC2329
validator_is_sound() {
  is_current "$STAMPS/go-vet-validator" tests/oracle/rules/validator && return 0
  say "go vet: the validator"
  (cd tests/oracle/rules/validator && CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false" go vet .) || return 1
  mark_current "$STAMPS/go-vet-validator"
}

# shellcheck disable=SC2329
converter_is_sound() {
  local modules=$PROJECT/provider/schema/examples/converter
  is_current "$STAMPS/go-vet-converter" "$modules" && return 0
  say "go vet: the converter of examples"
  (cd "$modules" && CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false" go vet .) || return 1
  mark_current "$STAMPS/go-vet-converter"
}

# shellcheck disable=SC2329
generator_is_sound() {
  local modules=$PROJECT/provider/schema/sdk
  is_current "$STAMPS/go-vet-sdk-generator" "$modules" && return 0
  say "go vet: the generator of the SDKs"
  (cd "$modules" && CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false" go vet .) || return 1
  mark_current "$STAMPS/go-vet-sdk-generator"
}

check "TypeScript" npm run --silent check
check "versions" bash tests/sandbox/check.sh
check "shell scripts" "$PYTHON/shellcheck" --external-sources --source-path=SCRIPTDIR --source-path="$PROJECT" \
  .ci/run tests/*.sh tests/sandbox/*.sh tests/sandbox/*/*.sh examples/*/*.sh provider/schema/*/*.sh
check "Go format" go_is_formatted
check "Go" go_is_sound
check "Go of the validator" validator_is_sound
check "Go of the converter" converter_is_sound
check "Go of the generator" generator_is_sound
check "examples of the schema" bash provider/schema/examples/convert.sh --check
check "SDKs" bash provider/schema/sdk/generate.sh --check
exit "$status"

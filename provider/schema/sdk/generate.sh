#!/bin/bash
# generate.sh [--check]: writes the SDKs below sdk/ from schema.json; with --check it only compares.
set -euo pipefail
. "$(dirname "$0")/../../../tests/sandbox/lib/all.sh"

require
lock_changing
mkdir -p "$LOGS"
bash "$SANDBOX/build/sdk-generator.sh" 2>"$LOGS/build-sdk-generator.log" ||
  die "cannot build the generator of the SDKs; see $LOGS/build-sdk-generator.log"
unlock_changing
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"$BIN/sdk-generator" "$PROJECT/provider/schema/schema.json" "$fresh/sdk"
# A program must not change when the package comes from another repository.
"$BIN/sdk-generator" "$PROJECT/provider/schema/schema.json" "$fresh/owned" owner
diff -r --brief "$fresh/sdk" "$fresh/owned" >&2 ||
  die 'the names in an SDK depend on who owns the git repository: say them in provider/schema/languages.ts'
# The official generator writes a module that needs nothing but Pulumi's own SDK.
(
  cd "$fresh/sdk/go"
  go mod edit -require="github.com/pulumi/pulumi-kubernetes/sdk/v4@$PULUMI_KUBERNETES_GO_VERSION"
  go mod tidy 2>"$LOGS/sdk-go-modules.log" || die "cannot find the modules of the Go SDK; see $LOGS/sdk-go-modules.log"
)
if [[ ${1:-} != --check ]]; then
  rm -rf "$PROJECT/sdk"
  cp -r "$fresh/sdk" "$PROJECT/sdk"
elif ! diff -r --brief "$fresh/sdk" "$PROJECT/sdk" >&2; then
  # shellcheck disable=SC2016
  die 'sdk/ does not match provider/schema/schema.json: run `npm run generate`'
fi

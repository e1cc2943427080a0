#!/bin/bash
# convert.sh [--check]: writes the examples of the schema's documentation in the languages that are not YAML; with --check it
# only compares. What they are called there follows from the schema, so run it after `npm run generate`, and that again.
set -euo pipefail
. "$(dirname "$0")/../../../tests/sandbox/lib/all.sh"
examples=$PROJECT/provider/schema/examples

main() {
  lock_changing
  bash "$SANDBOX/build/converter.sh"
  unlock_changing
  output=$(mktemp -d)
  trap 'rm -rf "$output"' EXIT
  "$BIN/example-converter" "$PROJECT/provider/schema/schema.json" "$examples" "$output"
  if [[ ${1:-} != --check ]]; then
    rm -rf "$examples/converted"
    cp -r "$output" "$examples/converted"
  elif ! diff -r "$examples/converted" "$output" >&2; then
    say "provider/schema/examples/converted does not match the examples: run \`make examples\`"
    exit 1
  fi
}

main "$@"

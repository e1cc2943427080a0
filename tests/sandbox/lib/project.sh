# shellcheck shell=bash
# This checkout's own part: its packages, its compiled TypeScript, and the plugin by the name that Pulumi looks for.

# Puts node, pulumi, its YAML host, kubectl and the plugin on PATH.
use_tools() {
  local node
  node=$(bash "$SANDBOX/build/node.sh")
  export PATH=$PROJECT/build/plugin:$node:$BIN:$PATH
  [[ -z ${PULUMI:-} ]] || PATH=$(cd "$(dirname "$PULUMI")" && pwd):$PATH
}

npm_options=(--ignore-scripts --no-audit --no-fund --loglevel=error)

install_packages() {
  (cd "$PROJECT" && node "$SANDBOX/build/packagesInstalled.ts") && return 0
  say "installing this package's dependencies from npm"
  (cd "$PROJECT" && npm ci "${npm_options[@]}") >&2
}

compile() {
  local inputs
  inputs=$(digest "$PROJECT/provider" "$PROJECT"/{package.json,package-lock.json,tsconfig.json,tsconfig.build.json})
  if [[ "$(cat "$PROJECT/build/compiled" 2>/dev/null)" != "$inputs" || ! -e $PROJECT/bin/provider/index.js ]]; then
    say "compiling the provider"
    mkdir -p "$PROJECT/build"
    rm -f "$PROJECT/build/compiled"
    (cd "$PROJECT" && npm run --silent build)
    printf '%s\n' "$inputs" >"$PROJECT/build/compiled"
  fi
  write_plugin
}

write_plugin() {
  local plugin=$PROJECT/build/plugin/pulumi-resource-rayjob
  mkdir -p "$(dirname "$plugin")"
  printf '#!/bin/sh\nexec %q %q "$@"\n' "$(command -v node)" "$PROJECT/bin/provider/index.js" >"$plugin.new"
  chmod +x "$plugin.new"
  mv "$plugin.new" "$plugin"
}

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
  write_starter "$PROJECT/build/plugin/pulumi-resource-rayjob" "$PROJECT/bin/provider/index.js"
}

# write_starter FILE PROGRAM: an executable that starts a program of Node's.
write_starter() {
  mkdir -p "$(dirname "$1")"
  printf '#!/bin/sh\nexec %q %q "$@"\n' "$(command -v node)" "$2" >"$1.new"
  chmod +x "$1.new"
  mv "$1.new" "$1"
}

# The plug-ins that the components' children need, into the folder that PULUMI_HOME names: the official ones, of the
# versions whose SDKs are installed, or where these cannot be had what stands in for them.
install_sandbox_providers() {
  local folder
  for folder in "$SANDBOX"/providers/*/; do
    install_sandbox_provider "$(basename "$folder")"
  done
}

install_sandbox_provider() {
  local name=$1 version folder=$PROJECT/build/providers/$1
  version=$(cd "$PROJECT" && node -p 'require(process.argv[1]).version' "@pulumi/$name/package.json")
  ! is_official "${PULUMI_HOME:?}/plugins/resource-$name-v$version/pulumi-resource-$name" || return 0
  timeout 30 pulumi plugin install resource "$name" "$version" --reinstall >/dev/null 2>&1 </dev/null && return 0
  say "the official Pulumi plug-in $name $version cannot be had: using the sandbox's own"
  write_starter "$folder/pulumi-resource-$name" "$SANDBOX/providers/$name/index.ts"
  pulumi plugin install resource "$name" "$version" --file "$folder" --reinstall >/dev/null 2>&1 ||
    die "Cannot install what stands in for the Pulumi plug-in $name $version into $PULUMI_HOME"
}

# What stands in is a script.
is_official() {
  [[ -e $1 && $(head -c 2 "$1") != '#!' ]]
}

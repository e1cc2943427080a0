#!/bin/bash
# The cluster's programs, compiled from the Go modules that kubernetes/go.mod pins.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
modules=$SANDBOX/kubernetes

# go_build OUTPUT PACKAGE FLAG...: never a half file under the final name.
go_build() {
  local output=$1 package=$2
  shift 2
  is_current "$BIN/$output" "$modules" "$package" "$@" && return 0
  say "$output: compiling"
  mkdir -p "$BIN"
  (cd "$modules" && CGO_ENABLED=0 nice -n 5 go build -v -trimpath -buildvcs=false "$@" -o "$BIN/$output.new" "$package")
  mv "$BIN/$output.new" "$BIN/$output"
  mark_current "$BIN/$output"
}

# Without its version a server calls itself v0.0.0-master, which clients that read a server's version refuse.
version_flags() {
  local package minor
  minor=${KUBERNETES_VERSION#v1.}
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    printf -- '-X %s.gitVersion=%s -X %s.gitMajor=1 -X %s.gitMinor=%s ' \
      "$package" "$KUBERNETES_VERSION" "$package" "$package" "${minor%%.*}"
    printf -- '-X %s.gitTreeState=clean -X %s.gitCommit=unknown -X %s.buildDate=2026-01-01T00:00:00Z ' \
      "$package" "$package" "$package"
  done
}

operator=github.com/ray-project/kuberay/ray-operator
go_build kubeall ./kubeall -tags providerless -ldflags "-s -w $(version_flags)"
ln -sfn kubeall "$BIN/kubectl"
go_build pause ./pause -ldflags '-s -w'
go_build kuberay-operator "$operator" -ldflags '-s -w'
go_build rayjob-submitter "$operator/rayjob-submitter/cmd" -ldflags '-s -w'

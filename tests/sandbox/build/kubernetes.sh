#!/bin/bash
# The cluster's programs, compiled from the Go modules that kubernetes/go.mod pins, and KubeRay's older operator: one
# go.mod cannot hold two versions of a module, so that one has its own.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
modules=$SANDBOX/kubernetes

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
go_build "$modules" kubeall ./kubeall -tags providerless -ldflags "-s -w $(version_flags)"
ln -sfn kubeall "$BIN/kubectl"
go_build "$modules" pause ./pause -ldflags '-s -w'
go_build "$modules" kuberay-operator "$operator" -ldflags '-s -w'
go_build "$modules" rayjob-submitter "$operator/rayjob-submitter/cmd" -ldflags '-s -w'
go_build "$SANDBOX/kuberay-older" kuberay-operator-older "$operator" -ldflags '-s -w'

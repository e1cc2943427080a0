#!/bin/bash
# KubeRay's CRDs of each version, and the manifest of the operator that the sandbox starts with, taken from the modules
# that the operators are compiled from. Generated, never committed, so that they cannot differ from these.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"

make_crds() {
  local version=$1 modules=$2 output=$KUBERAY/${1#v}
  is_current "$output" "$modules/go.mod" "$version" && return 0
  say "KubeRay $version: taking its CRDs"
  rm -rf "$output" "$output.new"
  mkdir -p "$output.new"
  cp -r --no-preserve=mode "$(kuberay_module "$modules")/config/crd/bases" "$output.new/crd"
  mv "$output.new" "$output"
  mark_current "$output"
}

make_operator() {
  local output=$KUBERAY/operator.yaml module folder=$WORK/kustomize
  is_current "$output" "$SANDBOX/kubernetes/go.mod" "$SANDBOX/manifests/operator" "$KUBERAY_VERSION" && return 0
  say "KubeRay $KUBERAY_VERSION: generating its operator's manifest"
  module=$(kuberay_module "$SANDBOX/kubernetes")
  rm -rf "$folder"
  mkdir -p "$folder"
  cp -r --no-preserve=mode "$module/config/rbac" "$module/config/manager" "$folder"
  sed "s/@KUBERAY_VERSION@/$KUBERAY_VERSION/" "$SANDBOX/manifests/operator/kustomization.yaml" >"$folder/kustomization.yaml"
  cp "$SANDBOX/manifests/operator/namespace.yaml" "$folder"
  "$BIN/kubectl" kustomize "$folder" >"$output.new"
  mv "$output.new" "$output"
  rm -rf "$folder"
  mark_current "$output"
}

mkdir -p "$KUBERAY"
while read -r version modules; do
  make_crds "$version" "$modules"
done < <(kuberay_versions)
make_operator

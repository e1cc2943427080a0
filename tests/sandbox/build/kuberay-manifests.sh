#!/bin/bash
# KubeRay's CRDs and its operator's manifest, taken from the module that kubernetes/go.mod pins. Generated, never
# committed, so that they cannot differ from the operator that is compiled from the same module.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"

is_current "$KUBERAY" "$SANDBOX/kubernetes/go.mod" "$SANDBOX/manifests/operator" "$KUBERAY_VERSION" && exit 0
module=$(cd "$SANDBOX/kubernetes" && go list -m -f '{{.Dir}}' github.com/ray-project/kuberay/ray-operator)
say "KubeRay's manifests: generating"
new=$WORK/kuberay
rm -rf "$new" "$WORK/kustomize" "$KUBERAY"
mkdir -p "$new" "$WORK/kustomize"
cp -r --no-preserve=mode "$module/config/crd/bases" "$new/crd"
cp -r --no-preserve=mode "$module/config/rbac" "$module/config/manager" "$WORK/kustomize"
sed "s/@KUBERAY_VERSION@/$KUBERAY_VERSION/" "$SANDBOX/manifests/operator/kustomization.yaml" >"$WORK/kustomize/kustomization.yaml"
cp "$SANDBOX/manifests/operator/namespace.yaml" "$WORK/kustomize"
"$BIN/kubectl" kustomize "$WORK/kustomize" >"$new/operator.yaml"
mv "$new" "$KUBERAY"
rm -rf "$WORK/kustomize"
mark_current "$KUBERAY"

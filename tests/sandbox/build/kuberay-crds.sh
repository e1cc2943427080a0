#!/bin/bash
# KubeRay's CRDs at two versions, just as they were released, for the tests of KubeRayCrds: from the Go modules.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"

is_current "$CRDS" "$KUBERAY_VERSION" "$KUBERAY_OLDER_VERSION" && exit 0
say "KubeRay's CRDs: copying"
new=$WORK/crds
rm -rf "$new" "$CRDS"
for version in "$KUBERAY_VERSION" "$KUBERAY_OLDER_VERSION"; do
  # Outside of any module, so that no go.mod has to know this version.
  found=$(cd "$WORK" && go mod download -json "github.com/ray-project/kuberay/ray-operator@$version")
  folder=$(sed -nE 's/^\t"Dir": "(.*)",?$/\1/p' <<<"$found")
  mkdir -p "$new/${version#v}"
  cp --no-preserve=mode "$folder"/config/crd/bases/*.yaml "$new/${version#v}"
done
mv "$new" "$CRDS"
mark_current "$CRDS"

#!/bin/bash
# The operator's chart for each version of KubeRay: charts/kuberay-operator with the CRDs and roles of that version's
# module. The official chart is in no package registry; ours has its value names.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
source=$SANDBOX/charts/kuberay-operator

make_chart() {
  local version=$1 modules=$2 output=$CHARTS/kuberay-operator-${1#v}.tgz module folder=$WORK/chart
  is_current "$output" "$source" "$modules/go.mod" "$version" "$(built "$BIN/helm")" && return 0
  say "chart kuberay-operator ${version#v}: packing"
  module=$(kuberay_module "$modules")
  rm -rf "$folder"
  mkdir -p "$folder/new" "$CHARTS"
  cp -r "$source" "$folder"
  cp -r --no-preserve=mode "$module/config/crd/bases" "$folder/kuberay-operator/crds"
  cp -r --no-preserve=mode "$module/config/rbac" "$folder/kuberay-operator/roles"
  "$BIN/helm" package "$folder/kuberay-operator" --version "${version#v}" --app-version "$version" --destination "$folder/new"
  mv "$folder"/new/*.tgz "$output"
  rm -rf "$folder"
  mark_current "$output"
}

while read -r version modules; do
  make_chart "$version" "$modules"
done < <(kuberay_versions)

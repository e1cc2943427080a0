# shellcheck shell=bash

# The versions of KubeRay that the sandbox has, each with the folder whose go.mod pins its module.
kuberay_versions() {
  printf '%s %s\n' "$KUBERAY_VERSION" "$SANDBOX/kubernetes" "$KUBERAY_OLDER_VERSION" "$SANDBOX/kuberay-older"
}

# kuberay_module MODULES: where the sources of KubeRay's operator are, which also hold its CRDs and roles.
kuberay_module() {
  (cd "$1" && go list -m -f '{{.Dir}}' github.com/ray-project/kuberay/ray-operator)
}

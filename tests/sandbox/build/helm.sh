#!/bin/bash
# Helm's command line, compiled from the Go modules that helm/go.mod pins. It renders charts for the sandbox's
# kubernetes provider, as the official plug-in does with the same code built in.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"

# Charts may ask which Kubernetes they are rendered for; a Helm that was not told says 1.20.
minor=${KUBERNETES_VERSION#v1.}
helm=helm.sh/helm/v3
go_build "$SANDBOX/helm" helm "$helm/cmd/helm" -ldflags "-s -w -X $helm/internal/version.version=$HELM_VERSION \
  -X $helm/pkg/chartutil.k8sVersionMajor=1 -X $helm/pkg/chartutil.k8sVersionMinor=${minor%%.*}"

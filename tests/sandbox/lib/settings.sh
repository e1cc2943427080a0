# shellcheck shell=bash
# shellcheck disable=SC2034
# Where things are, what they are called and which version they have. Sourced by every script; it changes nothing.
SANDBOX=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PROJECT=$(cd "$SANDBOX/../.." && pwd)
set -a
# shellcheck source=versions.env
. "$PROJECT/versions.env"
set +a

export RAYJOB_CACHE=${RAYJOB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rayjob}
BIN=$RAYJOB_CACHE/bin
IMAGES=$RAYJOB_CACHE/images
STAMPS=$RAYJOB_CACHE/stamps
LOGS=$RAYJOB_CACHE/log
WORK=$RAYJOB_CACHE/work
DEBIAN=$RAYJOB_CACHE/debian
PYTHON=$RAYJOB_CACHE/python/bin
ORACLE=$RAYJOB_CACHE/oracle/bin
SDK_PYTHON=$RAYJOB_CACHE/sdk-python/bin
KUBERAY=$RAYJOB_CACHE/kuberay
CHARTS=$RAYJOB_CACHE/charts

# The cluster's state. A Unix socket's path has 107 characters at most, so keep names below it short.
RUN=$RAYJOB_CACHE/sandbox
SANDBOX_KUBECONFIG=$RUN/kubeconfig
CONTAINERD_SOCKET=$RUN/containerd.sock

# One address is the node, the API server, the DNS server, the object store and the pods' gateway. It belongs to a
# bridge of our own, so that nothing depends on the interfaces that the machine happens to have.
BRIDGE=krbr0
NODE_ADDRESS=10.244.0.1
POD_NETWORK=10.244.0.0/16
SERVICE_NETWORK=10.96.0.0/16
API_PORT=6443
S3_PORT=5566
NODE=rayjob-sandbox
CONTROL_GROUP=rayjob-sandbox

export GOMODCACHE=$RAYJOB_CACHE/go/mod GOCACHE=$RAYJOB_CACHE/go/build GOPATH=$RAYJOB_CACHE/go/path
export npm_config_cache=$RAYJOB_CACHE/npm npm_config_update_notifier=false PIP_CACHE_DIR=$RAYJOB_CACHE/pip
export KUBECACHEDIR=$RAYJOB_CACHE/kubectl

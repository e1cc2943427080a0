#!/bin/bash
# The quickstart from nothing to a trained model: a cluster, the job's code in an object store, `pulumi up`, a summary.
#   DEMO_KUBECONFIG  a cluster to use instead of the sandbox; its bucket is made with the AWS credentials of the environment
#   DEMO_OPERATOR    "existing" where that cluster has KubeRay already
#   PULUMI           a pulumi command to use instead of the one that is built
set -euo pipefail
. "$(dirname "$0")/../../tests/sandbox/lib/all.sh"
example=$PROJECT/examples/quickstart

main() {
  if [[ -n ${DEMO_KUBECONFIG:-} ]]; then
    use_given_cluster
  else
    use_sandbox
  fi
  use_tools
  install_packages
  compile
  use_stack
  deploy || die "the job did not succeed, see above; make demo goes on from here"
  summarize
}

use_given_cluster() {
  require
  bash "$SANDBOX/build.sh" tools
  export KUBECONFIG=$DEMO_KUBECONFIG
  name=cluster
}

use_sandbox() {
  require sandbox
  share_using
  bash "$SANDBOX/build.sh"
  # The demo installs KubeRay itself.
  bash "$SANDBOX/up.sh" empty
  export KUBECONFIG=$SANDBOX_KUBECONFIG
  use_object_store
  name=sandbox
}

use_object_store() {
  export AWS_ENDPOINT_URL=http://127.0.0.1:$S3_PORT AWS_REGION=us-east-1
  export AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox
}

# The stack's state belongs to a cluster: what it says of another one would be wrong.
use_stack() {
  local cluster
  cluster=$("$BIN/kubectl" get namespace kube-system -o jsonpath='{.metadata.uid}') || die "Cannot reach the cluster of $KUBECONFIG"
  local state=$RAYJOB_CACHE/demo/$name-$cluster
  mkdir -p "$state"
  exec 7>>"$state.lock"
  flock --nonblock 7 || die "another make demo is running on this cluster"
  export PULUMI_HOME=$RAYJOB_CACHE/demo/pulumi PULUMI_BACKEND_URL=file://$state
  export PULUMI_CONFIG_PASSPHRASE=demo PULUMI_SKIP_UPDATE_CHECK=true
  configuration=$state/Pulumi.demo.yaml
  cd "$example"
  install_plugin
  install_sandbox_providers
  create_stack
  # Nobody else works on this stack now, so a lock in its state is that of a run that was killed.
  [[ -z $(find "$state/.pulumi/locks" -type f 2>/dev/null) ]] || pulumi cancel --yes --stack demo >/dev/null 2>&1 || true
  configure
}

configure() {
  [[ ${DEMO_OPERATOR:-} != existing ]] || set_path operator.install false
  [[ $name == sandbox ]] || return 0
  # The sandbox has no internet, which is where KubeRay's CRDs and chart come from otherwise.
  set_path operator.crds.source "$KUBERAY/${KUBERAY_VERSION#v}/crd"
  set_path operator.chart.path "$CHARTS/kuberay-operator-${KUBERAY_VERSION#v}.tgz"
  # Its object store speaks no TLS.
  set_path bucket.requireTls false
}

set_path() {
  pulumi config set --config-file "$configuration" --stack demo --path "$1" "$2"
}

# Pulumi puts a new stack's configuration beside the program; here it belongs to the state.
create_stack() {
  [[ ! -e $configuration ]] || return 0
  local own=Pulumi.demo.yaml
  [[ ! -e $own ]] || die "Cannot create the stack demo: $example/$own is there already; move it away"
  pulumi stack select --create demo --non-interactive >/dev/null
  mv "$own" "$configuration"
}

# As `pulumi plugin install` would from a release: Pulumi warns of a plugin that it finds on PATH, four times a run.
install_plugin() {
  pulumi plugin install resource rayjob "$(node -p 'require(process.argv[1]).version' "$PROJECT/package.json")" \
    --file "$PROJECT/build/plugin" --reinstall >/dev/null 2>&1
  PATH=${PATH//"$PROJECT/build/plugin:"/}
}

deploy() {
  local options=(--yes --skip-preview --stack demo --config-file "$configuration" --suppress-permalink=true)
  [[ -t 1 ]] || options+=(--non-interactive)
  say "pulumi up"
  pulumi up "${options[@]}" 7>&- 8>&-
}

output() {
  pulumi stack output --stack demo "$1" 2>/dev/null
}

# What the driver printed itself, without the submitter's talk around it.
driver_lines() {
  bash -c "$(output logs)" 2>/dev/null | sed 's/\x1b\[[0-9;]*m//g' |
    grep -vE '^[0-9-]{10} [0-9:,]+[[:space:]]+[A-Z]+ [a-z_]+\.py:[0-9]+ --|^[[:space:]]*$'
}

# The command as an output is for who has kubectl and a kubeconfig; here both are ours.
how_to_open() {
  local command service
  command=$(output portForward)
  service=$(sed -E 's,.*-n ([^ ]+) port-forward svc/([^ ]+) .*,\1 \2,' <<<"$command")
  if [[ -n $(kubectl get endpoints -n "${service% *}" "${service#* }" -o jsonpath='{.subsets[*].addresses[*].ip}' 2>/dev/null) ]]; then
    echo "KUBECONFIG=$KUBECONFIG $BIN/$command, then http://localhost:8265"
  else
    echo "the job's Ray cluster is gone; it stays for ttlSecondsAfterFinished, a minute if nothing is said"
  fi
}

summarize() {
  local status
  status=$(output status)
  cat <<TEXT

  status     $status
  driver     $(driver_lines | tail -n 1)
  dashboard  $(output dashboard)
  open it    $(how_to_open)

TEXT
  [[ $status == SUCCEEDED ]]
}

main

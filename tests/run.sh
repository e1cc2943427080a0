#!/bin/bash
# All tests, on a sandbox that they share. Ends with the line "N passed, N failed".
set -euo pipefail
. "$(dirname "$0")/sandbox/lib/all.sh"
. "$(dirname "$0")/suite.sh"

main() {
  require sandbox
  share_using
  bash "$SANDBOX/build.sh"
  forget_demo
  bash "$SANDBOX/up.sh" empty
  use_tools
  install_packages
  compile
  set_environment
  say "checking"
  bash "$PROJECT/tests/check.sh" || fail "the checks"
  run_suite unit
  run_suite oracle
  run_suite install
  run_suite sdk
  # These install KubeRay themselves; the others find it there.
  run_suite platform
  bash "$SANDBOX/operator.sh" install
  run_suite engine
  run_suite cluster
  say_result
  ((failed == 0))
}

# Whoever wants the counts after words of its own, as CI does, names a file for them.
say_result() {
  if ((${#second_attempts[@]} > 0)); then say "there was a second attempt at ${second_attempts[*]}"; fi
  if [[ -n ${RESULT:-} ]]; then
    printf '%d passed, %d failed\n' "$passed" "$failed" >"$RESULT"
  else
    printf '%d passed, %d failed\n' "$passed" "$failed"
  fi
}

# Its KubeRay would be in the way of those that the tests install.
forget_demo() {
  [[ -n $(find "$RAYJOB_CACHE/demo" -maxdepth 1 -name 'sandbox-*' 2>/dev/null) ]] || return 0
  say "the sandbox has a demo on it: starting it anew"
  bash "$SANDBOX/down.sh"
}

set_environment() {
  export KUBECONFIG=$SANDBOX_KUBECONFIG SANDBOX_S3_ENDPOINT=http://127.0.0.1:$S3_PORT
  export SANDBOX_MOTO_SERVER=$PYTHON/moto_server SANDBOX_RAY_PYTHON=$ORACLE/python SANDBOX_SDK_PYTHON=$SDK_PYTHON/python
  SANDBOX_NODES=$(bash "$SANDBOX/build/node.sh" "$NODE_VERSION")
  SANDBOX_NODES+=:$(bash "$SANDBOX/build/node.sh" "$NODE_NEXT_VERSION")
  export SANDBOX_NODES PULUMI_SKIP_UPDATE_CHECK=true PULUMI_HOME=$RAYJOB_CACHE/tests/pulumi
  mkdir -p "$PULUMI_HOME/plugins"
  install_sandbox_providers
  TALLY=$(mktemp)
  export TALLY
  trap 'rm -f "$TALLY"' EXIT
  cd "$PROJECT"
}

main

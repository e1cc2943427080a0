#!/bin/bash
# operator.sh install|remove: KubeRay's CRDs and operator on the running sandbox, as `up.sh` installs them.
set -euo pipefail
. "$(dirname "$0")/lib/all.sh"

lock_changing
case ${1:-} in
  install)
    install_operator
    wait_until 120 "the KubeRay operator" operator_answers
    ;;
  remove) remove_operator ;;
  *) die "usage: operator.sh install|remove" ;;
esac

# shellcheck shell=bash
# What is installed on the running cluster.

kubectl() {
  "$BIN/kubectl" --kubeconfig "$SANDBOX_KUBECONFIG" "$@"
}

# apply_once NAME FILE...: once for each content, so that a second `up` asks the API server for nothing.
apply_once() {
  local name=$1 content
  shift
  content=$(digest "$@")
  [[ "$(cat "$RUN/installed-$name" 2>/dev/null)" != "$content" ]] || return 0
  # Server-side, for the CRDs are too large for the annotation that kubectl would add otherwise.
  kubectl apply --server-side --force-conflicts "${@/#/--filename=}" >>"$RUN/log/install.log" 2>&1 ||
    die "cannot install $name: $(tail -n 1 "$RUN/log/install.log")"
  printf '%s\n' "$content" >"$RUN/installed-$name"
}

install_base() {
  apply_once base "$SANDBOX/manifests/base.yaml"
}

operator_files=("$KUBERAY/${KUBERAY_VERSION#v}/crd" "$KUBERAY/operator.yaml")

install_operator() {
  [[ -e $RUN/installed-kuberay ]] || refuse_other_operator
  apply_once kuberay "${operator_files[@]}"
}

# Applying would take parts of it over by force, and two operators would both do the work. One that is installed for a
# single namespace has no such role.
refuse_other_operator() {
  local name
  name=$(kubectl get clusterrole kuberay-operator --ignore-not-found -o jsonpath='{.metadata.labels.app\.kubernetes\.io/name}')
  [[ -z $name || $name == kuberay ]] ||
    die "Cannot install the KubeRay operator: another one serves the whole cluster; destroy the stack that it belongs to, or make clean"
}

# Its stored status can be that of the run before; the operator itself tells better.
operator_answers() {
  kubectl get --raw /api/v1/namespaces/kuberay-system/services/kuberay-operator:8080/proxy/metrics
}

# The CRDs first, and with them every Ray job: their finalizers need the operator. One that was not installed from here
# stays.
remove_operator() {
  [[ -e $RUN/installed-kuberay ]] || return 0
  own_using
  say "removing the KubeRay operator, its CRDs and every Ray job"
  local file
  for file in "${operator_files[@]}"; do
    kubectl delete --ignore-not-found --timeout=120s --filename "$file" >>"$RUN/log/install.log" 2>&1 ||
      die "cannot remove the KubeRay operator: $(tail -n 1 "$RUN/log/install.log")"
  done
  rm "$RUN/installed-kuberay"
  release_using
}

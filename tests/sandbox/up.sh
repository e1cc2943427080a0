#!/bin/bash
# up.sh [empty]: starts the cluster, or whatever of it does not run; with `empty`, without KubeRay's CRDs and operator.
# Everything was built before (build.sh).
set -euo pipefail
. "$(dirname "$0")/lib/all.sh"

STARTED=()

main() {
  lock_changing
  refuse_what_cannot_work
  mkdir -p "$RUN"/{pid,log,etc,imported,volumes,pods}
  restart_if_machine_did
  restart_if_settings_changed
  note_outside
  set_up_network
  make_credentials
  start_containerd
  start_etcd
  start_api_server
  start_object_store
  import_images_meanwhile
  wait_until 120 "the API server" api_server_is_ready
  make_control_groups
  start_controllers
  start_node
  install_base
  wait_until 90 "the node" node_is_ready
  if [[ ${1:-} == empty ]]; then
    remove_operator
  else
    install_operator
    wait_until 120 "the KubeRay operator" operator_answers
  fi
  wait_until 30 "the object store" object_store_answers
  wait "$imports" || die "cannot import the images; see $RUN/log/import.log"
  wait_until 30 "the cluster's DNS" dns_answers
  if ((${#STARTED[@]})); then
    say "the sandbox is up (started: ${STARTED[*]})"
  else
    say "the sandbox is up"
  fi
}

refuse_what_cannot_work() {
  ((${#CONTAINERD_SOCKET} < 100)) || die "Cannot put a socket at $CONTAINERD_SOCKET: the path is too long; set RAYJOB_CACHE to a shorter one"

  is_running kube-apiserver || ! port_is_taken "$API_PORT" || die "Cannot listen on port $API_PORT: another program does"
  is_running object-store || ! port_is_taken "$S3_PORT" || die "Cannot listen on port $S3_PORT: another program does"
}

port_is_taken() {
  (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# After a reboot the files describe containers, mounts and leases that are gone.
restart_if_machine_did() {
  [[ -e $RUN/boot && $(cat "$RUN/boot") != "$(boot_id)" ]] || { boot_id >"$RUN/boot"; return 0; }
  say "the machine was restarted: starting the cluster from its stored state"
  rm -rf "$RUN/containerd-state" "$RUN/runc" "$RUN/ipam" "$RUN/noted"
  boot_id >"$RUN/boot"
}

# A process keeps the binary and the files that it was started with, so a change means starting all of them again.
restart_if_settings_changed() {
  local settings
  settings=$(digest "$SANDBOX/config" "$SANDBOX"/lib/{components,settings}.sh \
    "$(built "$BIN/kubeall")" "$(built "$DEBIAN")" "$(built "$RAYJOB_CACHE/python")")
  [[ "$(cat "$RUN/settings" 2>/dev/null)" != "$settings" ]] || return 0
  if [[ -e $RUN/settings ]]; then
    say "the sandbox was started with other settings: starting it again"
    own_using
    stop_everything
    release_using
  fi
  write_configuration
  printf '%s\n' "$settings" >"$RUN/settings"
}

write_configuration() {
  mkdir -p "$RUN/etc/cni" "$RUN/etc/registries/_default"
  render containerd.toml etc/containerd.toml
  render registries.toml etc/registries/_default/hosts.toml
  render cni.conflist etc/cni/10-sandbox.conflist
  render kubelet.yaml etc/kubelet.yaml
  render proxy.yaml etc/proxy.yaml
  render Corefile etc/Corefile
}

render() {
  sed -e "s|@RUN@|$RUN|g; s|@DEBIAN@|$DEBIAN|g; s|@BRIDGE@|$BRIDGE|g; s|@NODE@|$NODE|g" \
    -e "s|@CONTROL_GROUP@|$CONTROL_GROUP|g" \
    -e "s|@NODE_ADDRESS@|$NODE_ADDRESS|g; s|@POD_NETWORK@|$POD_NETWORK|g" "$SANDBOX/config/$1" >"$RUN/$2"
}

# The small ones are needed first; the Ray image goes on while the cluster starts.
import_images_meanwhile() {
  wait_until 30 "containerd" containerd_client version
  import_images "$IMAGES"/0*.tar
  import_images "$IMAGES"/1*.tar 8>&- 9>&- &
  imports=$!
}

api_server_is_ready() {
  is_running kube-apiserver || die "the API server has ended: $(tail -n 1 "$RUN/log/kube-apiserver.log")"
  [[ "$(kubectl get --raw /readyz)" == ok ]]
}

node_is_ready() {
  kubectl wait --for=condition=Ready "node/$NODE" --timeout=1s
}

object_store_answers() {
  is_running object-store || die "the object store has ended: $(tail -n 1 "$RUN/log/object-store.log")"
  port_is_taken "$S3_PORT"
}

dns_answers() {
  is_running coredns && (: <"/dev/tcp/$NODE_ADDRESS/53")
}

main "$@"

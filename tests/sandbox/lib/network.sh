# shellcheck shell=bash

set_up_network() {
  sysctl -qw net.ipv4.ip_forward=1
  ip link show "$BRIDGE" >/dev/null 2>&1 || ip link add "$BRIDGE" type bridge
  ip address replace "$NODE_ADDRESS/${POD_NETWORK#*/}" dev "$BRIDGE"
  ip link set "$BRIDGE" up
  # Only where the module is loaded are bridged packets filtered at all.
  sysctl -qw net.bridge.bridge-nf-call-iptables=1 2>/dev/null || true
  add_rules
}

tear_down_network() {
  remove_kubernetes_rules
  remove_rules
  ip link delete "$BRIDGE" 2>/dev/null || true
  rm -rf "$RUN/ipam"
}

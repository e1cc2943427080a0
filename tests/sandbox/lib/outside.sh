# shellcheck shell=bash
# All that the sandbox touches outside of the cache folder: kernel settings, packet filter rules, and the few folders
# whose place the programs do not let one choose. `up` notes what was there before, `down` brings it back, `leftovers`
# looks whether that worked.

# Set by kubelet, kube-proxy and set_up_network.
BEFORE=$RAYJOB_CACHE/before
SETTINGS=(net.ipv4.ip_forward net.ipv4.conf.all.route_localnet net.bridge.bridge-nf-call-iptables
  vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops
  kernel.keys.root_maxkeys kernel.keys.root_maxbytes)

FOLDERS=(/var/lib/kubelet /var/lib/cni /var/log/containers /var/log/pods /run/containerd /run/netns
  /usr/libexec/kubernetes /etc/cni /opt/cni)

# Never a second time while the sandbox exists: what it changed itself is not what was there before.
note_outside() {
  [[ ! -e $RUN/noted ]] || return 0
  mkdir -p "$BEFORE"
  # A boot sets all of them anew.
  sysctl --ignore "${SETTINGS[@]}" >"$BEFORE/settings" 2>/dev/null || true
  # Folders outlive a boot.
  [[ -e $BEFORE/folders ]] || absent_folders >"$BEFORE/folders"
  touch "$RUN/noted"
}

absent_folders() {
  local folder
  for folder in "${FOLDERS[@]}"; do
    [[ -e $folder ]] || printf '%s\n' "$folder"
  done
}

restore_settings() {
  [[ ! -s $BEFORE/settings ]] || sysctl --quiet --ignore --load "$BEFORE/settings" >/dev/null 2>&1 || true
}

# Files of the sandbox in places that other programs may use too.
outside_files() {
  local file
  for file in /var/log/containers/*; do
    [[ $(readlink "$file") != "$RUN"/* ]] || printf '%s\n' "$file"
  done
  # A pod's loopback is cached under a network name that every containerd uses, beside its other one under ours.
  for file in /var/lib/cni/results/rayjob-sandbox-*-eth0; do
    [[ ! -e $file ]] || printf '%s\n' "$file" "$(sed -E 's,rayjob-sandbox-(.*)-eth0$,cni-loopback-\1-lo,' <<<"$file")"
  done
  [[ ! -d $BEFORE ]] || while read -r file; do
    [[ ! -d $file ]] || find "$file" -mindepth 1 ! -type d
  done <"$BEFORE/folders"
}

# Folders that were there before stay, and so does what others have put into the rest since.
remove_outside_files() {
  local file
  outside_files | while read -r file; do
    rm -f "$file"
  done
  [[ ! -d $BEFORE ]] || while read -r file; do
    [[ ! -d $file ]] || find "$file" -xdev -depth -type d -empty -delete
  done <"$BEFORE/folders"
}

# table, chain, and the rule. Docker and others set FORWARD to DROP: the pods' way is opened explicitly. The API
# server and the object store listen on every interface, so that loopback is one of them, and are for nobody else.
RULES=(
  "nat POSTROUTING -s $POD_NETWORK ! -d $POD_NETWORK -j MASQUERADE"
  "filter FORWARD -i $BRIDGE -j ACCEPT"
  "filter FORWARD -o $BRIDGE -j ACCEPT"
  "filter INPUT -i $BRIDGE -j ACCEPT"
  "filter INPUT ! -i lo -p tcp -m multiport --dports $API_PORT,$S3_PORT -j REJECT"
)
COMMENT=rayjob-sandbox

# families RULE: the packet filters that it belongs to. The API server listens on IPv6 too.
families() {
  [[ $1 == *"$POD_NETWORK"* || $1 == *"$BRIDGE"* ]] && echo iptables || echo iptables ip6tables
}

add_rules() {
  local index table chain rule command
  # Each is put first: in reverse, they end in the order of the list.
  for ((index = ${#RULES[@]} - 1; index >= 0; index--)); do
    read -r table chain rule <<<"${RULES[index]} -m comment --comment $COMMENT"
    for command in $(families "$rule"); do
      # shellcheck disable=SC2086
      "$command" -w -t "$table" -C "$chain" $rule 2>/dev/null ||
        "$command" -w -t "$table" -I "$chain" $rule 2>/dev/null ||
        [[ $command == ip6tables ]]
    done
  done
}

remove_rules() {
  local table chain rule line command
  for line in "${RULES[@]}"; do
    read -r table chain rule <<<"$line -m comment --comment $COMMENT"
    for command in $(families "$rule"); do
      # shellcheck disable=SC2086
      while "$command" -w -t "$table" -D "$chain" $rule 2>/dev/null; do :; done
    done
  done
}

# kube-proxy's own clean-up leaves what kubelet made, in both families.
remove_kubernetes_rules() {
  [[ ! -x $BIN/kubeall ]] || "$BIN/kubeall" kube-proxy --cleanup >/dev/null 2>&1 || true
  local command table chain rule
  for command in iptables ip6tables; do
    for table in filter nat mangle; do
      "$command" -w -t "$table" -S 2>/dev/null | sed -n 's/^-A \(.*KUBE-.*\)$/\1/p' | while read -r rule; do
        # shellcheck disable=SC2086
        eval "$command -w -t $table -D $rule" 2>/dev/null || true
      done
      "$command" -w -t "$table" -S 2>/dev/null | sed -n 's/^-N \(KUBE-.*\)$/\1/p' | while read -r chain; do
        "$command" -w -t "$table" -F "$chain" && "$command" -w -t "$table" -X "$chain"
      done
    done
  done
}

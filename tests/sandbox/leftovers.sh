#!/bin/bash
# leftovers.sh: names what the sandbox left on this machine outside of the cache folder; exits with 1 if there is any.
set -euo pipefail
. "$(dirname "$0")/lib/all.sh"

found=0

main() {
  list process processes
  # shellcheck disable=SC2016
  list mount awk -v cache="$RAYJOB_CACHE/" 'index($2, cache) == 1 || $2 ~ "^(/var)?/run/netns/cni-" { print $2 }' /proc/mounts
  list "network device" network_devices
  list "packet filter rule" packet_filter_rules
  list "control group" control_groups_left
  list "network namespace" find /run/netns -name 'cni-*'
  list file outside_files
  list folder folders_left
  list "kernel setting" settings_left
  list "cluster state" find "$RUN" -maxdepth 0
  ((found == 0)) || die "$found left behind"
  say "nothing is left behind (Debian packages that were installed stay: iptables, iproute2, openssl, mmdebstrap and the like)"
}

list() {
  local what=$1 one
  shift
  while read -r one; do
    printf '%s: %s\n' "$what" "$one"
    found=$((found + 1))
  done < <("$@" 2>/dev/null)
}

processes() {
  local folder
  for folder in /proc/[0-9]*; do
    case $(readlink "$folder/exe") in
      "$BIN"/kube* | "$DEBIAN"/*) echo "${folder#/proc/} $(tr '\0' ' ' <"$folder/cmdline" | cut -c 1-100)" ;;
    esac
    ! tr '\0' ' ' <"$folder/cmdline" | grep -qF "$PYTHON/moto_server" || echo "${folder#/proc/} moto_server"
  done
  container_processes
}

network_devices() {
  ip -oneline link show | grep -oE "($BRIDGE|master $BRIDGE)" || true
}

packet_filter_rules() {
  iptables-save | grep -E "$COMMENT|KUBE-" || true
  ip6tables-save | grep -E "$COMMENT|KUBE-" || true
}

control_groups_left() {
  local group
  while read -r group; do
    [[ ! -d $group ]] || echo "$group"
  done < <(control_groups)
}

folders_left() {
  local folder
  while read -r folder; do
    [[ ! -d $folder ]] || echo "$folder"
  done <"$BEFORE/folders"
}

settings_left() {
  diff <(sort "$BEFORE/settings") <(sysctl --ignore "${SETTINGS[@]}" | sort) | sed -n 's/^> //p'
}

main

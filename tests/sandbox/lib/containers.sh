# shellcheck shell=bash

containerd_client() {
  "$DEBIAN/usr/bin/ctr" --address "$CONTAINERD_SOCKET" --namespace k8s.io "$@"
}

# import_images ARCHIVE...: those that are not in containerd's store yet.
import_images() {
  local archive name
  for archive in "$@"; do
    name=$(basename "$archive")
    [[ "$(cat "$RUN/imported/$name" 2>/dev/null)" != "$(built "$archive")" ]] || continue
    containerd_client images import "$archive" >>"$RUN/log/import.log" 2>&1
    built "$archive" >"$RUN/imported/$name"
    say "imported ${name%.tar}"
  done
}

stop_containers() {
  local task container
  # Without its socket, ctr waits ten seconds for nothing.
  if [[ -S $CONTAINERD_SOCKET ]] && is_running containerd; then
    for task in $(containerd_client tasks list --quiet); do
      containerd_client tasks kill --signal KILL --all "$task" || true
    done
    for task in $(containerd_client tasks list --quiet); do
      containerd_client tasks delete --force "$task" || true
    done
    for container in $(containerd_client containers list --quiet); do
      containerd_client containers delete "$container" || true
    done
  fi >/dev/null 2>&1
  stop_process containerd
  stop_shims
}

# Shims are containerd's children and outlive it. Nobody else's name our socket in their arguments.
shims() {
  local folder
  for folder in /proc/[0-9]*; do
    if tr '\0' ' ' 2>/dev/null <"$folder/cmdline" | grep -F -e "containerd-shim-runc-v2 " | grep -qF -e "-address $CONTAINERD_SOCKET "; then
      basename "$folder"
    fi
  done 2>/dev/null
  return 0
}

stop_shims() {
  local process
  for process in $(shims); do
    kill "$process" 2>/dev/null || true
  done
  # What a shim leaves when it is not there to clean up.
  for process in $(container_processes); do
    kill -KILL "$process" 2>/dev/null || true
  done
}

container_processes() {
  find /sys/fs/cgroup -path "*/$CONTROL_GROUP/*" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -un | grep -v '^0$' || true
}

unmount_all() {
  local place
  awk -v run="$RUN/" 'index($2, run) == 1 { print $2 }' /proc/mounts | sort -r | while read -r place; do
    umount --lazy "$place" 2>/dev/null || true
  done
  awk '$2 ~ "^(/var)?/run/netns/cni-" { print $2 }' /proc/mounts | sort -u | while read -r place; do
    umount --lazy "$place" 2>/dev/null || true
    rm -f "$place"
  done
}

# The folders of a control group: one in each of version 1's hierarchies, or the only one of version 2.
control_groups() {
  if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
    printf '%s\n' "/sys/fs/cgroup/$CONTROL_GROUP"
  else
    local hierarchy
    for hierarchy in /sys/fs/cgroup/*/; do
      printf '%s\n' "$hierarchy$CONTROL_GROUP"
    done
  fi
}

# kubelet makes its own groups, but not the one that they are in.
make_control_groups() {
  local group controller controllers
  while read -r group; do
    mkdir -p "$group" 2>/dev/null || true
  done < <(control_groups)
  read -r -a controllers 2>/dev/null </sys/fs/cgroup/cgroup.controllers || return 0
  for controller in "${controllers[@]}"; do
    echo "+$controller" 2>/dev/null >/sys/fs/cgroup/cgroup.subtree_control || true
  done
}

remove_control_groups() {
  local group
  while read -r group; do
    [[ ! -d $group ]] || find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done < <(control_groups)
}

# shellcheck shell=bash

# Ends all processes, containers and mounts; the cluster's state stays in its folder.
stop_everything() {
  local component
  for component in kubelet kube-proxy coredns provisioner object-store kube-scheduler kube-controller-manager; do
    stop_process "$component"
  done
  stop_containers
  stop_process kube-apiserver
  stop_process etcd
  unmount_all
  tear_down_network
  remove_control_groups
}

#!/bin/bash
# Container images that hold one static program each: pause, the KubeRay operators and the light submitter.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"

# image FILE NAME PROGRAM PATH USER
image() {
  local file=$1 name=$2 program=$3 path=$4 user=$5
  local output=$IMAGES/$file.tar root=$WORK/image-$file
  is_current "$output" "$(built "$BIN/$program")" "$name" "$path" "$user" "$SANDBOX/images/archive.py" && return 0
  say "image $name: packing"
  rm -rf "$root"
  mkdir -p "$root/etc" "$root/tmp" "$IMAGES"
  install -m 755 "$BIN/$program" "$root/$path"
  chmod 1777 "$root/tmp"
  echo 'nonroot:x:65532:65532::/:/sbin/nologin' >"$root/etc/passwd"
  tar --owner=0 --group=0 --sort=name --mtime=@0 -C "$root" -cf "$root.tar" .
  python3 "$SANDBOX/images/archive.py" "$output" "$name" "$root.tar" <<CONFIG
{"Entrypoint": ["/$path"], "User": "$user", "Env": ["PATH=/"], "WorkingDir": "/"}
CONFIG
  rm -rf "$root" "$root.tar"
  mark_current "$output"
}

image 00-pause sandbox.local/pause:1 pause pause 65535:65535
image 05-operator "quay.io/kuberay/operator:$KUBERAY_VERSION" kuberay-operator manager 65532:65532
image 05-operator-older "quay.io/kuberay/operator:$KUBERAY_OLDER_VERSION" kuberay-operator-older manager 65532:65532
image 06-submitter "quay.io/kuberay/submitter:$KUBERAY_VERSION" rayjob-submitter submitter 65532:65532

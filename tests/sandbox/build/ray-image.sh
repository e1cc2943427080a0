#!/bin/bash
# docker.io/rayproject/ray:VERSION as the sandbox has it: Debian, and Ray from PyPI under the paths of Ray's own image.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
base=$WORK/debian-$DEBIAN_RELEASE.tar
root=$WORK/ray-root
output=$IMAGES/10-ray-$RAY_VERSION.tar
requirements=$SANDBOX/images/ray-requirements.txt
certificates=/etc/ssl/certs/ca-certificates.crt

# Pods reach PyPI the way this machine does: with its index, proxy and certificates.
pip_configuration() {
  echo '[global]'
  python3 -m pip config list 2>/dev/null |
    sed -nE "s/^[^=]*\.((default-)?timeout|index-url|extra-index-url|trusted-host|proxy)='(.*)'$/\1 = \3/p" | sort -u
}

# This machine's own mirror of Debian, where it says which that is.
debian_sources() {
  local file
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    if grep -qs "$DEBIAN_RELEASE" "$file"; then
      printf '%s\n' "$file"
      return
    fi
  done
}

make_base() {
  is_current "$base" "$DEBIAN_RELEASE" && return 0
  say "image ray: making a Debian $DEBIAN_RELEASE file system"
  local sources
  mapfile -t sources < <(debian_sources)
  TMPDIR=$WORK mmdebstrap --variant=minbase --mode=root \
    --include=python3,python3-venv,wget,curl,ca-certificates,procps \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' "$DEBIAN_RELEASE" "$base.new.tar" "${sources[@]}"
  mv "$base.new.tar" "$base"
  mark_current "$base"
}

in_root() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root PIP_CERT="$certificates" PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" chroot "$root" "$@"
}

install_ray() {
  say "image ray: installing Ray $RAY_VERSION from PyPI"
  rm -rf "$root"
  mkdir -p "$root"
  # The device nodes stay while pip runs: without /dev/urandom it does not.
  tar -C "$root" -xf "$base"
  install -D -m 644 "$certificates" "$root$certificates"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  pip_configuration >"$root/etc/pip.conf"
  cp "$requirements" "$root/tmp/requirements.txt"
  echo 'ray:x:1000:100:ray:/home/ray:/bin/bash' >>"$root/etc/passwd"
  mkdir -p "$root/home/ray"
  in_root python3 -m venv /home/ray/anaconda3
  in_root /home/ray/anaconda3/bin/pip install --requirement /tmp/requirements.txt
  in_root /home/ray/anaconda3/bin/ray --version
  rm "$root/tmp/requirements.txt"
  : >"$root/etc/resolv.conf"
  chown -R 1000:100 "$root/home/ray"
}

# The AWS variables stand in for what an IAM role for service accounts gives a pod on EKS: a way to the object store,
# and the right to read it, without a word of it in the program. A job's packages are not compiled ahead: two cores would
# do that for every node at once, mostly for modules that are never imported.
image_configuration() {
  cat <<CONFIG
{"Env": ["PATH=/home/ray/anaconda3/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/home/ray",
  "LANG=C.UTF-8", "SSL_CERT_FILE=$certificates", "REQUESTS_CA_BUNDLE=$certificates", "PIP_CERT=$certificates",
  "AWS_ENDPOINT_URL=http://$NODE_ADDRESS:$S3_PORT", "AWS_REGION=us-east-1", "AWS_ACCESS_KEY_ID=sandbox",
  "AWS_SECRET_ACCESS_KEY=sandbox", "PIP_COMPILE=0"],
 "User": "1000", "WorkingDir": "/home/ray", "Cmd": ["/bin/bash"]}
CONFIG
}

mkdir -p "$WORK" "$IMAGES"
make_base
is_current "$output" "$(built "$base")" "$requirements" "$certificates" "$(pip_configuration)" "$(image_configuration)" \
  "$SANDBOX/images/archive.py" && exit 0
install_ray
say "image ray: packing"
tar -C "$root" --exclude='./dev/*' -cf "$WORK/ray-layer.tar" .
image_configuration | python3 "$SANDBOX/images/archive.py" "$output" "docker.io/rayproject/ray:$RAY_VERSION" "$WORK/ray-layer.tar"
rm -rf "$root" "$WORK/ray-layer.tar"
mark_current "$output"

#!/bin/bash
# Debian's part: a few small tools installed as ordinary packages, and containerd, runc and the CNI plugins unpacked
# into the cache. Unpacked, because installing them would start a service, and would remove a Docker that is there.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"

declare -A package_of=([iptables]=iptables [ip]=iproute2 [openssl]=openssl [mmdebstrap]=mmdebstrap [flock]=util-linux
  [sysctl]=procps [setsid]=util-linux)
unpacked=(containerd runc containernetworking-plugins)

missing_packages() {
  local tool
  for tool in "${!package_of[@]}"; do
    command -v "$tool" >/dev/null || printf '%s\n' "${package_of[$tool]}"
  done
  # A Debian Python has no venv of its own.
  python3 -c 'import ensurepip, venv' 2>/dev/null || printf 'python3-venv\n'
}

refresh_lists() {
  [[ -z ${lists_are_fresh:-} ]] || return 0
  apt-get update -qq
  lists_are_fresh=yes
}

mapfile -t missing < <(missing_packages | sort -u)
if ((${#missing[@]})); then
  say "Debian packages: installing ${missing[*]}"
  refresh_lists
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

is_current "$DEBIAN" "${unpacked[*]}" "$DEBIAN_RELEASE" && exit 0
say "Debian packages: unpacking ${unpacked[*]} into the cache"
refresh_lists
rm -rf "$DEBIAN" "$WORK/debian"
mkdir -p "$WORK/debian/packages"
# apt fetches as a user of its own, who may not be allowed to see the cache folder.
(cd "$WORK/debian/packages" && apt-get -o APT::Sandbox::User=root download "${unpacked[@]}")
for package in "$WORK/debian/packages"/*.deb; do
  dpkg-deb --extract "$package" "$WORK/debian/root"
done
mv "$WORK/debian/root" "$DEBIAN"
rm -rf "$WORK/debian"
mark_current "$DEBIAN"

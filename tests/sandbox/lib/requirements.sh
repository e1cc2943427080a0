# shellcheck shell=bash
# What must be there before anything can be built. All that is missing is named at once.

require() {
  local missing=() tool
  [[ $(uname -sm) == "Linux x86_64" ]] || missing+=("Linux on x86-64 (this is $(uname -sm))")
  for tool in git go python3 npm; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  go_is_new_enough || missing+=("Go 1.21 or newer (it fetches the version that it needs; this is $(go env GOVERSION))")
  if [[ ${1:-} == sandbox ]]; then
    ((EUID == 0)) || missing+=("root, to start a Kubernetes node")
    command -v apt-get >/dev/null || missing+=("apt-get: the sandbox takes containerd from Debian")
  fi
  ((${#missing[@]} == 0)) || refuse "${missing[@]}"
}

go_is_new_enough() {
  command -v go >/dev/null || return 0
  local version
  version=$(GOTOOLCHAIN=local go env GOVERSION)
  [[ $(printf '%s\n' go1.21 "$version" | sort -V | head -n 1) == go1.21 ]]
}

refuse() {
  local missing
  say "Cannot run ${RAYJOB_TARGET:-this} here. Missing:"
  for missing in "$@"; do
    printf '  - %s\n' "$missing" >&2
  done
  exit 1
}

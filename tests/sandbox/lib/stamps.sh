# shellcheck shell=bash
# A built thing is current when the digest of everything it was built from is the one noted when it was built.

# digest INPUT...: a file counts with its content, a folder with its files' names and contents, anything else as text.
digest() {
  local input
  for input in "$@"; do
    if [[ -d $input ]]; then
      (cd "$input" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
    elif [[ -f $input ]]; then
      sha256sum <"$input"
    else
      printf '%s\n' "$input"
    fi
  done | sha256sum | cut -d ' ' -f 1
}

stamp_of() {
  printf '%s/%s\n' "$STAMPS" "$(basename "$1")"
}

# built OUTPUT: what OUTPUT was built from; for whoever builds on it, and quicker to read than a large file.
built() {
  cat "$(stamp_of "$1")" 2>/dev/null || echo missing
}

# is_current OUTPUT INPUT...: the script that asks is always one of the inputs.
is_current() {
  local output=$1
  shift
  INPUTS_DIGEST=$(digest "$0" "$@")
  [[ -e $output && $(built "$output") == "$INPUTS_DIGEST" ]]
}

# mark_current OUTPUT: after is_current said no and the output was built.
mark_current() {
  local stamp
  stamp=$(stamp_of "$1")
  mkdir -p "$STAMPS"
  printf '%s\n' "$INPUTS_DIGEST" >"$stamp.new"
  mv "$stamp.new" "$stamp"
}

# shellcheck shell=bash
# Two locks. Whoever changes what is in the cache folder holds `changing`, for as long as a change takes. Whoever works
# with the cluster shares `using`; what takes the cluster down needs it alone.
# Descriptors 8 and 9 belong to this file; start_process closes them, or a daemon would hold a lock for ever.

lock_changing() {
  mkdir -p "$RAYJOB_CACHE"
  exec 9>>"$RAYJOB_CACHE/changing.lock"
  until flock --wait 0 9; do
    say "waiting for another run that is changing $RAYJOB_CACHE ($(cat "$RAYJOB_CACHE/changing.holder" 2>/dev/null || echo unknown))"
    flock --wait 15 9 && break
  done
  printf '%s, process %d\n' "${RAYJOB_TARGET:-$(basename "$0")}" "$$" >"$RAYJOB_CACHE/changing.holder"
}

unlock_changing() {
  exec 9>&-
}

share_using() {
  [[ -z ${RAYJOB_USING:-} ]] || return 0
  mkdir -p "$RAYJOB_CACHE"
  exec 8>>"$RAYJOB_CACHE/using.lock"
  until flock --shared --wait 0 8; do
    say "waiting for another run that takes the sandbox down"
    flock --shared --wait 15 8 && break
  done
  # Children work under the same lock.
  export RAYJOB_USING=$$
}

# A caller's own share does not stand in its way: the descriptor is inherited, and its lock can be changed.
own_using() {
  [[ -n ${RAYJOB_USING:-} ]] || exec 8>>"$RAYJOB_CACHE/using.lock"
  flock --exclusive --nonblock 8 || {
    [[ -z ${RAYJOB_USING:-} ]] || flock --shared 8
    die "the sandbox is in use, try again later: $(users_of_sandbox)"
  }
}

release_using() {
  [[ -n ${RAYJOB_USING:-} ]] || { exec 8>&-; return 0; }
  flock --shared 8
}

# Whoever has the lock's file open, without the children that inherited it, and without the run that asks.
users_of_sandbox() {
  local holders id parent
  holders=$(find /proc/[0-9]*/fd -lname "$RAYJOB_CACHE/using.lock" 2>/dev/null | cut -d / -f 3 | sort -un)
  for id in $holders; do
    parent=$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$id/status" 2>/dev/null)
    [[ $id == "${RAYJOB_USING:-$$}" ]] || grep -qxF "$parent" <<<"$holders" ||
      printf '%s (process %d)\n' "$(tr '\0' ' ' 2>/dev/null <"/proc/$id/cmdline" | cut -c 1-80)" "$id"
  done | paste -s -d ';'
}

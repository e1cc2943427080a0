#!/bin/bash
# down.sh: ends the sandbox and removes its state; what was built stays in the cache.
set -euo pipefail
. "$(dirname "$0")/lib/all.sh"

lock_changing
own_using
if [[ -d $RUN ]]; then
  say "taking the sandbox down"
  stop_everything
  restore_settings
  remove_outside_files
  # The one line that deletes on a large scale: never across a mount.
  rm -rf --one-file-system "$RUN"
fi
# The demo's stack describes a cluster that is gone.
rm -rf --one-file-system "$RAYJOB_CACHE"/demo/sandbox-*
say "the sandbox is down"

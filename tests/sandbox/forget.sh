#!/bin/bash
# forget.sh: removes the cache folder, with everything that was ever built or downloaded.
set -euo pipefail
. "$(dirname "$0")/lib/all.sh"

lock_changing
own_using
say "removing $RAYJOB_CACHE"
# Go's modules are read-only, on purpose.
[[ ! -d $GOMODCACHE ]] || chmod -R u+w "$GOMODCACHE"
rm -rf --one-file-system "$RAYJOB_CACHE"

#!/bin/bash
# A Python environment in the cache: the stand-in object store (moto), a client for it, and shellcheck.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
environment=$RAYJOB_CACHE/python
requirements=$SANDBOX/requirements.txt

is_current "$environment" "$requirements" "$(python3 --version)" && exit 0
say "Python tools: installing moto $MOTO_VERSION and shellcheck"
# An environment cannot be moved, so the stamp alone tells a whole one from a half one.
rm -f "$(stamp_of "$environment")"
rm -rf "$environment"
python3 -m venv "$environment"
"$environment/bin/pip" install --disable-pip-version-check --requirement "$requirements"
mark_current "$environment"

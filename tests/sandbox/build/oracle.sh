#!/bin/bash
# A Python environment in the cache with a Ray of today, whose packaging is the oracle for ours. Nothing runs on it.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
environment=$RAYJOB_CACHE/oracle
requirements=$PROJECT/tests/oracle/requirements.txt

is_current "$environment" "$requirements" "$(python3 --version)" && exit 0
say "Python tools: installing Ray $RAY_ORACLE_VERSION"
# An environment cannot be moved, so the stamp alone tells a whole one from a half one.
rm -f "$(stamp_of "$environment")"
rm -rf "$environment"
python3 -m venv "$environment"
"$environment/bin/pip" install --disable-pip-version-check --requirement "$requirements"
mark_current "$environment"

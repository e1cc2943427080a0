#!/bin/bash
# A Python environment in the cache with what programs in Python need beside our SDK, a type checker, and a parser of C#.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
environment=$RAYJOB_CACHE/sdk-python
requirements=$PROJECT/tests/sdk/python/requirements.txt

is_current "$environment" "$requirements" "$(python3 --version)" && exit 0
say "Python tools: installing Pulumi's SDKs"
# An environment cannot be moved, so the stamp alone tells a whole one from a half one.
rm -f "$(stamp_of "$environment")"
rm -rf "$environment"
python3 -m venv "$environment"
"$environment/bin/pip" install --disable-pip-version-check --requirement "$requirements"
mark_current "$environment"

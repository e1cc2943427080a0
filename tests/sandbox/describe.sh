#!/bin/bash
# describe.sh: where the running sandbox is.
set -euo pipefail
. "$(dirname "$0")/lib/all.sh"

cat <<TEXT
  export KUBECONFIG=$SANDBOX_KUBECONFIG
  export PATH=$BIN:\$PATH
  export AWS_ENDPOINT_URL=http://127.0.0.1:$S3_PORT AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox
TEXT

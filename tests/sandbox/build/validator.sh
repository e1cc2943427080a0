#!/bin/bash
# What judges RayJobs as the API server and KubeRay's operator do, for tests/oracle/rules: once with each version's code.
set -euo pipefail
. "$(dirname "$0")/../lib/all.sh"
modules=$PROJECT/tests/oracle/rules/validator

go_build "$modules" kuberay-validator . -ldflags '-s -w'
go_build "$modules" kuberay-validator-older . -modfile=older.mod -ldflags '-s -w'

# shellcheck shell=bash
# Running suites of tests, and counting what passed and failed in all of them.

passed=0
failed=0
second_attempts=()

# run_suite NAME: a suite that crashes, or that has no tests, has failed whatever it printed.
run_suite() {
  local name=$1 status=0
  say "running the $name tests"
  : >"$TALLY"
  npm run --silent "test:$name" -- --reporter tests/reporter.cjs </dev/null || status=$?
  if [[ ! -s $TALLY ]]; then
    fail "the $name tests: none was run"
  elif ((status > 0 && $(failures_in "$TALLY") == 0)); then
    fail "the $name tests: ended with exit code $status"
  fi
  if meets_real_servers "$name"; then try_again; fi
  count
}

# Two processors under a whole Kubernetes are late at times, in ways that no test means; what is wrong stays wrong.
# Unit tests and oracles have no such excuse.
meets_real_servers() {
  [[ $1 != unit && $1 != oracle ]]
}

# The files that failed run a second time, alone. That is told, whatever comes of it. More than three are no accident.
try_again() {
  local files second status=0
  mapfile -t files < <(awk '$2 > 0 && NF == 3 { print $3 }' "$TALLY" | sort)
  ((${#files[@]} > 0 && ${#files[@]} <= 3)) || return 0
  say "a second attempt at ${files[*]}"
  second_attempts+=("${files[@]}")
  second=$(mktemp)
  TALLY=$second npx mocha --timeout 900000 --reporter tests/reporter.cjs "${files[@]}" </dev/null || status=$?
  # One that came to no good end has nothing to say.
  if ((status == 0 || $(failures_in "$second") > 0)); then
    awk '$2 == 0 || NF < 3' "$TALLY" >>"$second"
    cp "$second" "$TALLY"
  fi
  rm "$second"
}

failures_in() {
  awk '{ failures += $2 } END { print failures + 0 }' "$1"
}

count() {
  local passes failures file
  # shellcheck disable=SC2034
  while read -r passes failures file; do
    ((passed += passes, failed += failures, 1))
  done <"$TALLY"
}

fail() {
  say "failed: $*"
  ((++failed))
}

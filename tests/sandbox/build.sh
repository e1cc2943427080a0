#!/bin/bash
# build.sh [tools]: everything that the sandbox, the demo and the tests run, into the cache folder; with `tools` only
# what needs no sandbox. What is there already and was built from the same versions and sources is left alone, so that
# a second run takes a second.
set -euo pipefail
. "$(dirname "$0")/lib/all.sh"

lanes=()

# in_lane NAME SCRIPT...: scripts that wait for each other, next to those of other lanes.
in_lane() {
  local name=$1
  shift
  # shellcheck disable=SC2016
  RAYJOB_TALK=3 setsid bash -c 'set -euo pipefail; for script; do bash "$script"; done' "$name" "$@" \
    >"$LOGS/build-$name.log" 2>&1 </dev/null 8>&- 9>&- &
  lanes+=("$name:$!")
}

end_lanes() {
  local lane
  for lane in "${lanes[@]}"; do
    kill -- "-${lane#*:}" 2>/dev/null || true
  done
}

# One line every fifteen seconds, with the step that each lane is at.
watch_lanes() {
  local lane running ticks=0
  while ((${#lanes[@]})); do
    sleep 0.2
    running=()
    for lane in "${lanes[@]}"; do
      if kill -0 "${lane#*:}" 2>/dev/null; then
        running+=("$lane")
      else
        wait "${lane#*:}" || fail_lane "${lane%%:*}"
      fi
    done
    lanes=("${running[@]}")
    ((++ticks % 75)) || report_lanes
  done
}

report_lanes() {
  local lane
  for lane in "${lanes[@]}"; do
    say "still building ${lane%%:*}: $(current_step "$LOGS/build-${lane%%:*}.log")"
  done
}

fail_lane() {
  tail -n 25 "$LOGS/build-$1.log" >&2
  die "cannot build $1; the whole log is $LOGS/build-$1.log"
}

exec 3>&2
mkdir -p "$LOGS" "$WORK"
lock_changing
bash "$SANDBOX/check.sh"
trap end_lanes EXIT
if [[ ${1:-} == tools ]]; then
  in_lane programs "$SANDBOX"/build/{kubernetes,pulumi,helm}.sh
else
  RAYJOB_TALK=3 bash "$SANDBOX/build/debian.sh" >"$LOGS/build-debian.log" 2>&1 || fail_lane debian
  in_lane programs "$SANDBOX"/build/{kubernetes,kuberay-manifests,small-images,validator,pulumi,converter,sdk-generator,sdk-go,helm,charts,versitygw}.sh
  in_lane images "$SANDBOX"/build/{python,ray-image,oracle,sdk-python}.sh
fi
watch_lanes

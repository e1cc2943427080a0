# shellcheck shell=bash
# One way to say what goes on: `[+12s] what is being done or waited for`, counted from the outermost script's start.
export RAYJOB_STARTED=${RAYJOB_STARTED:-$EPOCHSECONDS}

# Builders write to log files; the descriptor leads past them to whoever watches.
say() {
  printf '[+%ds] %s\n' "$((EPOCHSECONDS - RAYJOB_STARTED))" "$*" >&"${RAYJOB_TALK:-2}"
}

die() {
  say "$@"
  exit 1
}

# wait_until SECONDS WHAT COMMAND...: ask again and again; longer than ten seconds is never silent.
wait_until() {
  local limit=$1 what=$2 began=$EPOCHSECONDS reminder=10 waited
  shift 2
  until "$@" >/dev/null 2>&1; do
    waited=$((EPOCHSECONDS - began))
    ((waited < limit)) || die "gave up after ${waited}s waiting for $what; the logs are in $RUN/log"
    if ((waited >= reminder)); then
      say "still waiting for $what (${waited}s of at most ${limit}s)"
      reminder=$((waited + 15))
    fi
    sleep 0.2
  done
}

# The last words of a log, for a line of progress.
current_step() {
  tail -c 2000 "$1" 2>/dev/null | tr '\r' '\n' | sed '/^[[:space:]]*$/d' | tail -n 1 | cut -c 1-90
}

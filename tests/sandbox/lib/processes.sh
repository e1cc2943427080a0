# shellcheck shell=bash
# Processes are known by id, start time and boot: after a crash or a reboot the id alone may be another program's.

# The 22nd field of stat; the second one, a name in brackets, may hold spaces.
start_time_of() {
  local line
  line=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -r -a fields <<<"${line##*) }"
  # A zombie has ended, whoever has not asked for its exit code yet.
  [[ ${fields[0]} != Z ]] || return 1
  printf '%s\n' "${fields[19]}"
}

boot_id() {
  cat /proc/sys/kernel/random/boot_id
}

# process_id NAME: the id of the process that was started under this name, if it still runs.
process_id() {
  local id started boot
  read -r id started boot 2>/dev/null <"$RUN/pid/$1" || return 1
  [[ $boot == "$(boot_id)" && $started == "$(start_time_of "$id")" ]] || return 1
  printf '%s\n' "$id"
}

is_running() {
  process_id "$1" >/dev/null
}

# start_process NAME COMMAND...: in a session of its own, so that Ctrl-C on a terminal does not reach it.
start_process() {
  local name=$1 id
  shift
  is_running "$name" && return 0
  STARTED+=("$name")
  setsid nohup "$@" >>"$RUN/log/$name.log" 2>&1 </dev/null 8>&- 9>&- &
  id=$!
  printf '%s %s %s\n' "$id" "$(start_time_of "$id" || echo 0)" "$(boot_id)" >"$RUN/pid/$name.new"
  mv "$RUN/pid/$name.new" "$RUN/pid/$name"
}

stop_process() {
  local name=$1 id began=$EPOCHSECONDS
  if id=$(process_id "$name"); then
    kill "$id" 2>/dev/null || true
    while is_running "$name"; do
      ((EPOCHSECONDS - began < 10)) || kill -KILL "$id" 2>/dev/null || true
      sleep 0.1
    done
  fi
  rm -f "$RUN/pid/$name"
}

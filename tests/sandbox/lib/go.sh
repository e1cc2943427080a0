# shellcheck shell=bash

# go_build MODULES OUTPUT PACKAGE FLAG...: a program from the modules that the go.mod of the folder MODULES pins. Never
# half a file under the final name.
go_build() {
  local modules=$1 output=$2 package=$3
  shift 3
  is_current "$BIN/$output" "$modules" "$package" "$@" && return 0
  say "$output: compiling"
  mkdir -p "$BIN"
  (cd "$modules" && CGO_ENABLED=0 nice -n 5 go build -v -trimpath -buildvcs=false "$@" -o "$BIN/$output.new" "$package")
  mv "$BIN/$output.new" "$BIN/$output"
  mark_current "$BIN/$output"
}

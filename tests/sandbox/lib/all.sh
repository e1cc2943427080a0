# shellcheck shell=bash
# Everything a verb needs, in the order in which it is needed.
for part in settings progress stamps go kuberay locks processes outside network credentials components containers stop install requirements project; do
  # shellcheck source=/dev/null
  . "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
done

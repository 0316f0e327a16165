#!/usr/bin/env bash
# Runs a grid as it is, with its axes reversed, and with 1 and 4 threads for CPU stages: scores.csv must be the same
# bytes each time.
#
#   scripts/order-test.sh [EXPERIMENT] [FOLDER] [key=value ...]
#
# The axes are reversed in the resolved experiment that a run leaves, where each axis is a list with a line an item.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

experiment=${1:-$home/experiments/quickstart.conf}
folder=${2:-$(mktemp -d "${TMPDIR:-/tmp}/lethe-order-test.XXXXXX")}
shift $(($# < 2 ? $# : 2))
name=$(name_of "$experiment")
mkdir -p "$folder"

run() { # run NAME EXPERIMENT [key=value ...]
  local title=$1 file=$2
  shift 2
  say "$title"
  "$lethe" run "$file" --results "$folder/$title" "$@" >"$folder/$title.log" 2>&1 || fail "$title ended with $?; see $folder/$title.log"
}

run plain "$experiment" cpu-threads=1 "$@"
awk '
  /^(datasets|networks|scenarios|methods|recipes|seeds) = \[$/ { print; n = 0; inside = 1; next }
  inside && /^\]$/ { for (i = n; i >= 1; i--) print item[i]; print; inside = 0; next }
  inside { item[++n] = $0; next }
  { print }' "$folder/plain/$name/experiment.conf" >"$folder/reversed.conf"
cmp -s "$folder/plain/$name/experiment.conf" "$folder/reversed.conf" && fail "nothing was reversed"
run reversed "$folder/reversed.conf" cpu-threads=1 "$@"
run four-threads "$experiment" cpu-threads=4 "$@"
run reversed-four-threads "$folder/reversed.conf" cpu-threads=4 "$@"
for other in reversed four-threads reversed-four-threads; do
  cmp "$folder/plain/$name/scores.csv" "$folder/$other/$name/scores.csv" || fail "$other gives another scores.csv"
done
echo "PASSED: $(wc -l <"$folder/plain/$name/scores.csv") rows, byte-identical in 4 orders. Everything is in $folder."

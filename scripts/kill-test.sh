#!/usr/bin/env bash
# Kills a run again and again with SIGKILL at seeded random moments, lets it finish, and compares it with a run
# that nobody disturbed: scores.csv byte by byte, the digests of every artifact, no stage finished twice.
#
#   scripts/kill-test.sh [EXPERIMENT] [KILLS] [SEED] [FOLDER] [key=value ...]
#
# EXPERIMENT  default experiments/quickstart.conf
# KILLS       default 20
# SEED        of the moments, default 1
# FOLDER      for both results folders, default a new one in the system's temporary folder
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

experiment=${1:-$home/experiments/quickstart.conf}
kills=${2:-20}
RANDOM=${3:-1}
folder=${4:-$(mktemp -d "${TMPDIR:-/tmp}/lethe-kill-test.XXXXXX")}
shift $(($# < 4 ? $# : 4))
name=$(name_of "$experiment")
mkdir -p "$folder"

say "undisturbed run in $folder/calm"
begin=$SECONDS
"$lethe" run "$experiment" --results "$folder/calm" "$@" >"$folder/calm.log" 2>&1 || fail "the undisturbed run ended with $?; see $folder/calm.log"
calm=$((SECONDS - begin))
say "it took $calm s"

# The work of a run is spread over KILLS + 1 pieces: so long on average, and never the same.
piece_ms=$((calm * 1000 / (kills + 1)))
where=$folder/killed-in.txt
: >"$where"
killed=0
round=1 # a folder that is done before the last kill gets a successor
while [ "$killed" -lt "$kills" ]; do
  log=$folder/killed-$killed.log
  # Start-up first: a kill before the first stage proves nothing.
  "$lethe" run "$experiment" --results "$folder/killed-$round" "$@" >"$log" 2>&1 &
  pid=$!
  for _ in $(seq 1200); do
    grep -q ' start ' "$log" 2>/dev/null && break
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  wait_ms=$((RANDOM * 32768 + RANDOM))
  wait_ms=$((wait_ms % (2 * piece_ms)))
  sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
  if ! kill -9 "$pid" 2>/dev/null; then
    wait "$pid" || fail "run $killed ended by itself with $?; see $log"
    say "done before kill $((killed + 1)): the others go to another folder"
    round=$((round + 1))
    continue
  fi
  wait "$pid" 2>/dev/null || true
  # What had started and not finished, by its key.
  running=$(awk '
    $2 == "start" { kind[$NF] = $3 }
    $2 == "finish" || $2 == "FAILED" { for (i = 3; i <= NF; i++) delete kind[$i] }
    END { n = 0; for (k in kind) { print kind[k]; n++ } if (n == 0) print "between" }' "$log" | sort | tr '\n' ' ')
  echo "$running" >>"$where"
  killed=$((killed + 1))
  say "kill $killed after $((wait_ms / 1000)) s, in: $running"
done

say "to the end"
for r in $(seq "$round"); do
  log=$folder/last-$r.log
  "$lethe" run "$experiment" --results "$folder/killed-$r" "$@" >"$log" 2>&1 || fail "the last run ended with $?; see $log"
done

echo
echo "Where $killed kills hit (stages at work at that moment):"
tr ' ' '\n' <"$where" | grep -v '^$' | sort | uniq -c | sort -rn | awk '{ bar = ""; for (i = 0; i < $1; i++) bar = bar "#"; printf "  %-12s %3d %s\n", $2, $1, bar }'
echo

digests "$experiment" "$folder/calm" >"$folder/calm.digests"
[ -s "$folder/calm.digests" ] || fail "the journal names no artifact"
for r in $(seq "$round"); do
  cmp "$folder/calm/$name/scores.csv" "$folder/killed-$r/$name/scores.csv" || fail "scores.csv differ"
  digests "$experiment" "$folder/killed-$r" >"$folder/killed-$r.digests"
  cmp "$folder/calm.digests" "$folder/killed-$r.digests" || fail "artifacts differ; see $folder/*.digests"
  twice=$(doubles "$experiment" "$folder/killed-$r")
  [ -z "$twice" ] || fail "finished twice: $twice"
done
echo "PASSED: $killed kills; scores.csv byte-identical ($(wc -l <"$folder/calm/$name/scores.csv") rows), $(wc -l <"$folder/calm.digests") artifacts ($(grep -c ' unlearned \| original ' "$folder/calm.digests") of them weights) with equal digests, no stage finished twice."
echo "Everything is in $folder."

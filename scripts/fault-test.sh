#!/usr/bin/env bash
# Does to a small grid what machines do to large ones, and prints a table of what came of it: full and read-only
# disks, files deleted or altered before and during a run, a stranger's journal, two processes at once, a shared store
# that somebody cleans, a clock set back, a stopped process, signals. Whatever happened, scores.csv must be the bytes of
# a run that nobody disturbed.
#
#   scripts/fault-test.sh [FOLDER]
#
# FOLDER  default a new one in the system's temporary folder
#
# Needs root for disks of its own (tmpfs) and faketime (Debian's package) for the clock; without them those lines
# say so.
set -euom pipefail # m: else a process in the background is deaf to SIGINT
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=${1:-$(mktemp -d "${TMPDIR:-/tmp}/lethe-fault-test.XXXXXX")}
mkdir -p "$folder"
grid=$folder/faults.conf
name=faults
disk=$folder/disk
cat >"$grid" <<'EOF'
name = faults
datasets = [ { id = glyphs, train-per-class = 40, test-per-class = 20 } ]
networks = [ { id = convnet, width = 16 } ]
scenarios = [ uniform-10 ]
recipes = [ whole, reduced ]
methods = [ retraining, cf, a-cf ]
seeds = [ 1 ]
partition.embedder-width = 8
condense.blend { clusters-per-class = 10, iterations = 30 }
train { epochs = 20, batch = 16 }
unlearn.retraining { epochs = 15, batch = 16 }
unlearn.cf { epochs = 15, batch = 16 }
unlearn.a-cf { epochs = 5, batch = 16 }
EOF

cleanup() {
  mountpoint -q "$disk" && umount -l "$disk"
  return 0
}
trap cleanup EXIT

run() { # run RESULTS LOG [key=value ...]: the exit code is the run's
  local results=$1 log=$2
  shift 2
  "$lethe" run "$grid" --results "$results" "$@" >>"$log" 2>&1
}

since() { # since NANOSECONDS: milliseconds from then to now
  echo $((($(date +%s%N) - $1) / 1000000))
}

clean() { # clean RESULTS: deletes what nobody refers to
  "$lethe" gc --delete --results "$1" >"$1.gc.log" 2>&1
}

code() { # code COMMAND ...: its exit code as output
  local c=0
  "$@" || c=$?
  echo "$c"
}

ended() { # ended PID: waits for it; c is its exit code then
  c=0
  wait "$1" 2>/dev/null || c=$?
}

await() { # await LOG PATTERN: until a line of the log matches; five minutes at most
  for _ in $(seq 3000); do
    grep -q "$2" "$1" 2>/dev/null && return 0
    sleep 0.1
  done
  fail "$1 never said $2"
}

same() { # same RESULTS: whether the scores are those of the calm run
  cmp -s "$folder/calm/$name/scores.csv" "$1/$name/scores.csv" && echo same || echo DIFFERENT
}

row() { # row FAULT WHAT-HAPPENED SCORES
  printf '| %s | %s | %s |\n' "$1" "$2" "$3" | tee -a "$folder/table.md"
  [ "$3" != DIFFERENT ] || fail "the scores differ after: $1"
}

said() { # said LOG PATTERN: the last such line, without its time and this folder
  { grep -h "$2" "$1" || true; } | tail -n 1 | sed -e 's/^[0-9:]\{8\} //' -e 's/^lethe: //' -e "s#$folder/##g" | cut -c1-220
}

halved() { # halved RESULTS LOG [key=value ...]: a run that SIGKILL ends inside a training
  local results=$1 log=$2
  shift 2
  "$lethe" run "$grid" --results "$results" "$@" >>"$log" 2>&1 &
  local pid=$!
  await "$log" 'start *unlearned'
  sleep 0.7
  kill -9 "$pid"
  wait "$pid" 2>/dev/null || true
}

flip() { # flip FILE [AT]: other bytes in its middle, or there
  local at=${2:-$(($(stat -c %s "$1") / 2))}
  head -c 64 /dev/zero | tr '\0' '\377' | dd of="$1" bs=1 seek="$at" conv=notrunc status=none
}

artifact() { # artifact RESULTS: the weights that were finished first
  find "$1/store" -name weights.safetensors -path '*/??/*' -printf '%T@ %p\n' | sort -n | head -n 1 | cut -d' ' -f2
}

newest() { # newest RESULTS: the newest checkpoint
  find "$1/store/checkpoints" -name '*.safetensors' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2
}

: >"$folder/table.md"
say "a run that nobody disturbs, in $folder/calm" >&2
run "$folder/calm" "$folder/calm.log"
{
  echo '| what was done | what came of it | scores after the same command |'
  echo '|---|---|---|'
} | tee -a "$folder/table.md"

if [ "$(id -u)" = 0 ] && mkdir -p "$disk" && mount -t tmpfs -o size=1500k none "$disk" 2>/dev/null; then
  "$lethe" run "$grid" --results "$disk" preflight=off >"$folder/full.log" 2>&1 &
  pid=$!
  await "$folder/full.log" PAUSE
  begin=$(date +%s%N)
  kill -TERM "$pid"
  ended "$pid"
  row "disk full (tmpfs of 1.5 MB), SIGTERM in the pause" "exit $c after $(since "$begin") ms" "-"
  c=$(code run "$disk" "$folder/full-stop.log" preflight=off on-host-fault=stop)
  row "the same, with on-host-fault = stop" "exit $c: $(said "$folder/full-stop.log" 'lethe: ')" "-"
  "$lethe" run "$grid" --results "$disk" preflight=off >"$folder/full-again.log" 2>&1 &
  pid=$!
  await "$folder/full-again.log" PAUSE
  mount -o remount,size=300m "$disk"
  wait "$pid" || fail "the run on a full disk ended with $?"
  row "the same, and later the disk is larger" "$(said "$folder/full-again.log" PAUSE); then: $(said "$folder/full-again.log" 'GO ON')" "$(same "$disk")"

  umount "$disk" && mount -t tmpfs -o size=300m none "$disk"
  halved "$disk" "$folder/read-only.log"
  mount -o remount,ro "$disk"
  c=$(code run "$disk" "$folder/read-only.log")
  status=$(code "$lethe" status "$grid" --results "$disk" 2>&1 | tail -n 1)
  line=$(said "$folder/read-only.log" 'lethe: ')
  mount -o remount,rw "$disk"
  run "$disk" "$folder/read-only.log"
  row "disk read-only" "exit $c: $line; status exits $status" "$(same "$disk")"
  umount "$disk"
else
  row "disk full, disk read-only" "not tried: needs root and tmpfs" "-"
fi

r=$folder/deleted
halved "$r" "$r.log"
gone=$(dirname "$(artifact "$r")")
rm -r "$gone"
run "$r" "$r.log"
row "an artifact deleted" "$(said "$r.log" LOST)" "$(same "$r")"

r=$folder/flipped
halved "$r" "$r.log"
flip "$(artifact "$r")"
run "$r" "$r.log"
row "64 bytes of an artifact flipped" "$(said "$r.log" LOST)" "$(same "$r")"

r=$folder/checkpoint
halved "$r" "$r.log" checkpoint.every=0
flip "$(newest "$r")"
run "$r" "$r.log"
row "64 bytes of the newest checkpoint flipped" "$(said "$r.log" resume)" "$(same "$r")"

r=$folder/checkpoints
halved "$r" "$r.log" checkpoint.every=0
find "$r/store/checkpoints" -name '*.safetensors' | while read -r file; do truncate -s 1000 "$file"; done
: >"$r.log"
run "$r" "$r.log"
row "both checkpoints cut" "the stage starts over ($(grep -c resume "$r.log" || true) resumed)" "$(same "$r")"

r=$folder/journal
halved "$r" "$r.log"
flip "$r/$name/journal.db" 0
run "$r" "$r.log"
row "the first 64 bytes of the journal overwritten" "$(said "$r.log" damaged)" "$(same "$r")"

r=$folder/log
halved "$r" "$r.log"
flip "$r/$name/journal.db-wal"
: >"$r.log"
run "$r" "$r.log"
row "64 bytes of the journal's own log flipped, so that SQLite drops what follows" "$(grep -c 'found in the store' "$r.log" || true) stages found in the store" "$(same "$r")"

r=$folder/no-journal
halved "$r" "$r.log"
rm "$r/$name"/journal.db*
: >"$r.log"
run "$r" "$r.log"
row "the journal deleted" "$(grep -c 'found in the store' "$r.log") stages found in the store" "$(same "$r")"

r=$folder/stranger
mkdir -p "$r"
sed 's/^name = .*/name = stranger/' "$grid" >"$folder/stranger.conf"
"$lethe" run "$folder/stranger.conf" --results "$r" seeds=[1] methods=[cf] recipes=[whole] >"$r.log" 2>&1
mv "$r/stranger" "$r/$name"
c=$(code run "$r" "$r.log")
line=$(said "$r.log" 'lethe: ')
rm -r "${r:?}/$name"
run "$r" "$r.log"
row "the journal of another experiment" "exit $c: $line" "$(same "$r")"

r=$folder/two
"$lethe" run "$grid" --results "$r" >"$r.log" 2>&1 &
pid=$!
await "$r.log" ' start '
c=$(code run "$r" "$r.second.log")
wait "$pid"
row "a second process on the same experiment" "exit $c: $(said "$r.second.log" 'lethe: ')" "$(same "$r")"

r=$folder/clock
halved "$r" "$r.log"
if command -v faketime >/dev/null; then
  faketime -f '-1d' "$lethe" run "$grid" --results "$r" >>"$r.log" 2>&1
  row "the clock set back by a day" "went on" "$(same "$r")"
else
  row "the clock set back by a day" "not tried: needs faketime" "-"
fi

r=$folder/stopped
"$lethe" run "$grid" --results "$r" >"$r.log" 2>&1 &
pid=$!
await "$r.log" 'start *unlearned'
kill -STOP "$pid"
sleep 20
kill -CONT "$pid"
wait "$pid"
row "the process stopped for 20 s (SIGSTOP), as by a suspend" "went on" "$(same "$r")"

r=$folder/live
"$lethe" run "$grid" --results "$r" checkpoint.every=0 >"$r.log" 2>&1 &
pid=$!
await "$r.log" 'start *unlearned'
rm -rf "$r/store/drafts" "$r/store/altered" "$r/store/checkpoints"
ended "$pid"
run "$r" "$r.log"
row "drafts and checkpoints deleted during a run" "exit $c: $(said "$r.log" 'PAUSE\|^Files')" "$(same "$r")"

r=$folder/cut-live
"$lethe" run "$grid" --results "$r" >"$r.log" 2>&1 &
pid=$!
await "$r.log" 'start *unlearned'
rm -r "$(dirname "$(artifact "$r")")"
ended "$pid"
run "$r" "$r.log"
row "an artifact deleted during a run" "exit $c; then: $(said "$r.log" LOST)" "$(same "$r")"

r=$folder/no-store
"$lethe" run "$grid" --results "$r" >"$r.log" 2>&1 &
pid=$!
await "$r.log" 'start *unlearned'
mv "$r/store" "$r/away"
await "$r.log" PAUSE
mv "$r/away" "$r/store"
ended "$pid"
run "$r" "$r.log"
row "the whole store gone during a run, later back" "exit $c: $(said "$r.log" PAUSE)" "$(same "$r")"

r=$folder/gc
halved "$r" "$r.log"
: >"$r.log"
"$lethe" run "$grid" --results "$r" >>"$r.log" 2>&1 &
pid=$!
await "$r.log" 'start *unlearned'
c=$(code clean "$r")
line=$(said "$r.gc.log" 'lethe: ')
kill -9 "$pid"
wait "$pid" 2>/dev/null || true
clean "$r"
run "$r" "$r.log"
row "gc --delete during a run, and again after its SIGKILL" "exit $c: $line; then 0" "$(same "$r")"

r=$folder/shared
"$lethe" run "$folder/stranger.conf" --results "$r" methods=[cf] recipes=[whole] >"$r.other.log" 2>&1 &
other=$!
halved "$r" "$r.log"
kill -9 "$other" 2>/dev/null || true # it may be done
wait "$other" 2>/dev/null || true
"$lethe" run "$folder/stranger.conf" --results "$r" methods=[cf] recipes=[whole] >>"$r.other.log" 2>&1 &
other=$!
run "$r" "$r.log"
ended "$other"
row "two experiments at once in one store, SIGKILL for both" "both go on, exit 0 and $c" "$(same "$r")"

r="$folder/Größe und mehr"
halved "$r" "$folder/odd.log"
run "$r" "$folder/odd.log"
row "a folder with umlauts and spaces, SIGKILL" "went on" "$(same "$r")"

for signal in TERM INT HUP; do
  r=$folder/sig$signal
  "$lethe" run "$grid" --results "$r" >"$r.log" 2>&1 &
  pid=$!
  await "$r.log" 'start *unlearned'
  begin=$(date +%s%N)
  kill -"$signal" "$pid"
  ended "$pid"
  took=$(since "$begin")
  run "$r" "$r.log"
  row "SIG$signal" "exit $c after $took ms" "$(same "$r")"
done

r=$folder/twice
"$lethe" run "$grid" --results "$r" >"$r.log" 2>&1 &
pid=$!
await "$r.log" 'start *unlearned'
begin=$(date +%s%N)
kill -INT "$pid"
sleep 0.1
kill -INT "$pid"
ended "$pid"
took=$(since "$begin")
run "$r" "$r.log"
row "SIGINT twice, 0.1 s apart" "exit $c after $took ms" "$(same "$r")"
say "everything is in $folder" >&2

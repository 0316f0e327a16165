# shellcheck shell=bash
# What the scripts of this folder share. Sourced, not run.
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
lethe=$home/lethe

say() { echo "$(date +%H:%M:%S) $*"; }

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# The name an experiment gives itself.
name_of() { sed -n 's/^[[:space:]]*name[[:space:]]*=[[:space:]]*"\{0,1\}\([A-Za-z0-9._-]*\).*/\1/p' "$1" | head -n 1; }

# digests EXPERIMENT RESULTS: stage key and content digest of everything the journal says is finished.
digests() {
  "$lethe" events "$1" --results "$2" |
    sed -n 's/.*"event":"StageFinished".*"key":"\([0-9a-f]*\)","stage":"\([a-z]*\)","digest":"\([0-9a-f]*\)".*/\1 \2 \3/p' |
    sort -u
}

# doubles EXPERIMENT RESULTS: keys that the journal says finished more than once without being lost in between.
doubles() {
  "$lethe" events "$1" --results "$2" |
    awk '
      match($0, /"key":"[0-9a-f]+"/) { key = substr($0, RSTART + 7, RLENGTH - 8) }
      /"event":"ArtifactLost"/ { delete done[key] }
      /"event":"StageFinished"/ { if (key in done) print key; done[key] = 1 }'
}

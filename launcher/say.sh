# How the launcher speaks: `fail CODE SENTENCE` ends it, `say SENTENCE` tells what takes time.

say() { echo "fonio: $*" >&2; }

fail() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

# `need_space FOLDER WHAT ELSE` fails when FOLDER's disk has no room for WHAT; ELSE is the other way out.
need_space() {
  local folder=$1 wanted_mb=1024 free_mb
  free_mb=$(df -Pm "$folder" 2>/dev/null | { read -r _ && read -r _ _ _ free_mb _ && echo "$free_mb"; }) || return 0
  case $free_mb in '' | *[!0-9]*) return 0 ;; esac
  [ "$free_mb" -ge "$wanted_mb" ] ||
    fail 3 "only $free_mb MB are free on the disk of $folder and $2 needs up to $wanted_mb MB: free some space, or $3"
}

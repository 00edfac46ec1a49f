# What the scripts of this folder share: how they speak, who owns what they start, how they install packages.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/launcher/say.sh"
export PATH=$PATH:/usr/sbin:/sbin
labs=/run/fonio-hosts

need_root() {
  [ "$(id -u)" = 0 ] || fail 3 "namespaces are made by root and you are $(id -un): run this as root, or in a container with --privileged"
}

# `need PROGRAM... -- INSTALL` fails when a program is missing and names the command that installs it.
need() {
  local missing=()
  while [ "$1" != -- ]; do
    command -v "$1" >/dev/null || missing+=("$1")
    shift
  done
  [ ${#missing[@]} -eq 0 ] || fail 3 "PATH has no ${missing[*]}: run $2"
}

# `install_missing PROGRAM=PACKAGE...` installs the packages of the programs that are missing.
install_missing() {
  local pair packages=() log attempt
  for pair; do
    command -v "${pair%%=*}" >/dev/null || packages+=("${pair#*=}")
  done
  [ ${#packages[@]} -gt 0 ] || return 0
  need_root
  need apt-get -- "your distribution's installer for what Debian calls ${packages[*]}"
  log=$(mktemp /tmp/fonio-install.XXXXXX)
  say "installing ${packages[*]} by apt-get (log: $log)..."
  for attempt in 1 2 3; do
    if {
      apt-get -q -o Acquire::Retries=3 update
      DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 \
        install -y --no-install-recommends "${packages[@]}"
    } >>"$log" 2>&1 </dev/null; then
      rm -f "$log"
      return
    fi
    say "attempt $attempt of 3 failed: $(tail -n 1 "$log")"
  done
  fail 3 "${packages[*]} could not be installed, see $log: check the network and /etc/apt/sources.list"
}

# The time at which process PID was started, in clock ticks: with its id it names a process for good.
_started_ticks() {
  local stat
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  echo "${20}"
}

_parent() {
  local stat
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
  stat=${stat##*) }
  stat=${stat#* }
  echo "${stat%% *}"
}

# Prints the owner of what is started now, "PID TICKS": FONIO_OWNER, else the caller. A subshell, as of $(...), is none.
owner() {
  local pid=${FONIO_OWNER:-$PPID} above
  while above=$(_parent "$pid") && [ "$above" -gt 1 ] && cmp -s "/proc/$pid/cmdline" "/proc/$above/cmdline"; do
    pid=$above
  done
  echo "$pid $(_started_ticks "$pid")" || fail 2 "FONIO_OWNER=$pid is no process: set it to the id of one that lives, or unset it"
}

# Whether the owner that FILE names lives.
owner_lives() {
  local pid ticks
  { read -r pid ticks <"$1"; } 2>/dev/null && [ "$(_started_ticks "$pid")" = "$ticks" ]
}

# `until_true SECONDS COMMAND...` repeats the command until it succeeds.
until_true() {
  local end_seconds=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt "$end_seconds" ] || return 1
    sleep 0.01
  done
}

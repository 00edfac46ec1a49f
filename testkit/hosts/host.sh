# One host of a lab: how it is started, how it ends, what is wrong with its network. Uses `lab`, `switch`, `name`, `range`.
#
# A host's network is a namespace with one end of a veth pair; the other end, p$host, is a port of the switch's bridge.
# Its first process is host-init.sh, whose id is in h$host.pid while the host is up.

namespace() { echo "fonio-$name-h$1"; }
address() { echo "10.77.$range.$(($1 + 1))"; }
mac() { printf '02:77:00:00:%02x:%02x\n' "$range" "$1"; }

# Sets `init`, the first process of a host that is up.
init_of() { { read -r init <"$lab/h$1.pid"; } 2>/dev/null && [ -e "/proc/$init" ]; }
need_host() { init_of "$1" || fail 3 "host $1 is down: start it by hosts boot $1"; }

_limit() {
  if [ "$3" = none ]; then
    tc -n "$1" qdisc del dev "$2" root 2>/dev/null || true
  else
    tc -n "$1" qdisc replace dev "$2" root tbf rate "$3" burst 256k latency 100ms
  fi
}

# Makes the faults of a host so. They are files of the lab, so that a host which is down gets them when it is started.
# Hosts know their neighbours' MAC addresses: a lost one is silent, not unreachable, and a cut is a wrong address.
restore() {
  local host=$1 fault other
  for fault in "$lab"/cut.*; do
    case ${fault#"$lab/cut."} in
      "$host".*) other=${fault##*.} ;;
      *."$host") other=${fault%.*} && other=${other##*.} ;;
      *) continue ;;
    esac
    ip -n "$(namespace "$host")" neigh replace "$(address "$other")" lladdr 02:00:00:00:00:00 nud permanent dev eth0
  done
  [ ! -e "$lab/isolated.$host" ] || ip -n "$switch" link set "p$host" nomaster
  if [ -e "$lab/rate.$host" ]; then
    _limit "$(namespace "$host")" eth0 "$(<"$lab/rate.$host")"
    _limit "$switch" "p$host" "$(<"$lab/rate.$host")"
  fi
  if [ -e "$lab/loss.$host" ]; then
    need iptables -- "$here/hosts install"
    nsenter --net="/run/netns/$(namespace "$host")" sh -e <<END
iptables -w -F INPUT
iptables -w -A INPUT -i eth0 -m statistic --mode random --probability $(<"$lab/loss.$host") -j DROP
END
  fi
}

# Starts a host; it stands when `booted` says so.
start_boot() {
  local host=$1 here_ns
  ! init_of "$host" || fail 2 "host $host is up: crash it before it is booted"
  end_hosts "$host"
  here_ns=$(namespace "$host")
  ip netns add "$here_ns"
  ip -n "$switch" -batch - <<END
link add p$host type veth peer name eth0 address $(mac "$host") netns $here_ns
link set p$host master br0 up
END
  ip -n "$here_ns" -batch - <<END
link set lo up
addr add $(address "$host")/24 dev eth0
link set eth0 addrgenmode none up
END
  ip -n "$here_ns" -batch "$lab/neighbours"
  restore "$host"
  : >"$lab/h$host.pid.new"
  setsid nsenter --net="/run/netns/$here_ns" unshare --uts --ipc --mount --pid --fork --kill-child \
    bash "$here/host-init.sh" "h$host" "$lab/names" "$(<"$lab/share")" </dev/null 3>"$lab/h$host.pid.new" >"$lab/h$host.log" 2>&1 &
  echo $! >"$lab/h$host.start"
}

booted() {
  local host=$1
  until_true 20 _told "$host" "$(<"$lab/h$host.start")" && [ -s "$lab/h$host.pid.new" ] || fail 3 "host $host did not start: $(tail -n 1 "$lab/h$host.log")"
  mv "$lab/h$host.pid.new" "$lab/h$host.pid"
}

_told() { [ -s "$lab/h$1.pid.new" ] || ! kill -0 "$2" 2>/dev/null; }

_emptied() {
  local pids
  pids=$(ip netns pids "$(namespace "$1")")
  [ -n "$pids" ] || return 0
  # shellcheck disable=SC2086
  kill -9 $pids 2>/dev/null || true
  return 1
}

# Ends hosts at once. They leave the switch first, so that no peer hears of the end.
end_hosts() {
  local host
  for host; do
    [ -e "/run/netns/$(namespace "$host")" ] || continue
    ip -n "$switch" link set "p$host" nomaster 2>/dev/null || true
    # shellcheck disable=SC2046
    kill -9 $(cat "$lab/h$host.start" "$lab/h$host.pid" 2>/dev/null) 2>/dev/null || true
  done
  for host; do
    [ -e "/run/netns/$(namespace "$host")" ] || continue
    until_true 20 _emptied "$host" || fail 3 "host $host does not end: look at the processes $(ip netns pids "$(namespace "$host")" | tr '\n' ' ')"
    ip -n "$switch" link del "p$host" 2>/dev/null || true
    ip netns del "$(namespace "$host")" 2>/dev/null || true
    rm -f "$lab/h$host".*
  done
}

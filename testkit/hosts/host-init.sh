# A host's first process: gives the host folders of its own, then takes in orphans until the host ends.
#
# host-init.sh NAME NAMES SHARE, where NAMES is the host's /etc/hosts and SHARE a folder to show at its path, or nothing. The source
# tree is shown too, wherever it lies.
# Descriptor 3 is told this process's id, as seen from outside, when the host stands.
set -eu
read -r pid _ </proc/self/stat
hostname "$1"
mount --bind "$2" /etc/hosts
tree=$(cd "$(dirname "$0")/../.." && pwd)
exec 4<"${3:-/}" 5<"$tree"
for folder in /tmp /dev/shm; do
  mount -t tmpfs -o mode=1777 tmpfs "$folder"
done
mount -t tmpfs -o mode=755 tmpfs /run
show() {
  mkdir -p "$1"
  mount --no-canonicalize --bind "/proc/self/fd/$2" "$1"
}
[ -z "$3" ] || show "$3" 4
[ -d "$tree" ] || show "$tree" 5
exec 4<&- 5<&-
mount -t proc proc /proc
echo "$pid" >&3
exec 3>&-
set +e
while :; do
  sleep infinity &
  wait
done

# A host's first process: gives the host folders of its own, then takes in orphans until the host ends.
#
# host-init.sh NAME NAMES SHARE, where NAMES is the host's /etc/hosts and SHARE a folder to show at its path, or nothing.
# Descriptor 3 is told this process's id, as seen from outside, when the host stands.
set -eu
read -r pid _ </proc/self/stat
hostname "$1"
mount --bind "$2" /etc/hosts
exec 4<"${3:-/}"
for folder in /tmp /dev/shm; do
  mount -t tmpfs -o mode=1777 tmpfs "$folder"
done
mount -t tmpfs -o mode=755 tmpfs /run
if [ -n "$3" ]; then
  mkdir -p "$3"
  mount --no-canonicalize --bind /proc/self/fd/4 "$3"
fi
exec 4<&-
mount -t proc proc /proc
echo "$pid" >&3
exec 3>&-
set +e
while :; do
  sleep infinity &
  wait
done

# Runs the words that it is given in a process group of their own, and ends that group when standard
# input ends, on HUP, TERM and INT, and when the words have ended. Where HUP is ignored, as under
# nohup, it cannot be trapped, so the end of input is told by TERM.
if command -v setsid >/dev/null; then
  exec 3<&0
  setsid "$@" </dev/null 3<&- &
  body=$!
else
  exec 3<&0
  set -m
  "$@" </dev/null 3<&- &
  body=$!
  set +m
fi
# Whether the group has a process that runs. One that has ended stays in it until its parent, or whoever adopted it, has
# noticed, which the first process of some machines does by the second.
runs() {
  kill -0 -- "-$body" || return 1
  [ -e /proc/self/stat ] || return 0
  local file line
  for file in /proc/[0-9]*/stat; do
    read -r line <"$file" || continue
    set -- ${line##*) }
    if [ "$3" = "$body" ] && [ "$1" != Z ]; then return 0; fi
  done
  return 1
}
end() {
  trap '' HUP TERM INT
  kill -TERM -- "-$body"
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    runs || break
    sleep 0.1
  done
  kill -KILL -- "-$body"
  exit 143
} 2>/dev/null
trap end HUP TERM INT
{
  while read -r _ <&3; do :; done
  kill -TERM "$$"
} >/dev/null 2>&1 &
watch=$!
disown "$watch"
exec 3<&-
wait "$body"
code=$?
kill -KILL "$watch" 2>/dev/null
kill -KILL -- "-$body" 2>/dev/null
exit "$code"

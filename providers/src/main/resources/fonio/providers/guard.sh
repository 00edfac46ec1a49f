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
end() {
  trap '' HUP TERM INT
  kill -TERM -- "-$body"
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    kill -0 -- "-$body" || break
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

debug=@{debug}
fail_on_any=@{fail_on_any}
if [ -n "$debug" ]; then echo "$(date '+%F %T') $(hostname): starting @{tasks} here"; fi
started=
for _ in $(seq @{tasks}); do
  (
@{command}
  ) &
  started="$started $!"
done
failed=0
last=0
for task in $started; do
  wait "$task" || { last=$?; failed=$((failed + 1)); }
done
if [ -n "$debug" ]; then echo "$(date '+%F %T') $(hostname): $failed of @{tasks} failed"; fi
if [ "$failed" -eq @{tasks} ] || { [ -n "$fail_on_any" ] && [ "$failed" -gt 0 ]; }; then
  exit "$last"
fi
exit 0

export FONIO_BLOCK=@{stem}
export JOBNAME=@{name}
rm -f -- "$FONIO_BLOCK.exit"
(
@{worker_init}
@{launch}
) </dev/null
code=$?
{ echo "$code" >"$FONIO_BLOCK.exit.part" && mv -f -- "$FONIO_BLOCK.exit.part" "$FONIO_BLOCK.exit"; } 2>/dev/null
exit "$code"

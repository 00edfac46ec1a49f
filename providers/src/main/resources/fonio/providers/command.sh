cat >"$FONIO_BLOCK.cmd" <<'@{end}'
@{command}
@{end}

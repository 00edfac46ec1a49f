@{write_command}
debug=@{debug}
if [ -n "$debug" ]; then echo "$(date '+%F %T') $(hostname): mpirun starts @{tasks}"; fi
mpirun -np @{tasks} @{overrides}@{bash} "$FONIO_BLOCK.cmd"

@{write_command}
debug=@{debug}
if [ -n "$debug" ]; then echo "$(date '+%F %T') $(hostname): aprun starts @{tasks}"; fi
aprun -n @{tasks} -N @{tasks_per_node} @{overrides}/bin/bash "$FONIO_BLOCK.cmd"

@{write_command}
debug=@{debug}
if [ -n "$debug" ]; then echo "$(date '+%F %T') $(hostname): jsrun starts @{tasks}"; fi
jsrun -n @{tasks} -r @{tasks_per_node} @{overrides}/bin/bash "$FONIO_BLOCK.cmd"

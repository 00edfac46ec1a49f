@{write_command}
debug=@{debug}
if [ -n "$debug" ]; then echo "$(date '+%F %T') $(hostname): mpiexec starts @{tasks}"; fi
hosts=
if [ -n "${PBS_NODEFILE:-}" ]; then hosts="--hostfile $PBS_NODEFILE"; fi
mpiexec @{bind} none -n @{tasks} --ppn @{tasks_per_node} $hosts @{overrides}/bin/bash "$FONIO_BLOCK.cmd"

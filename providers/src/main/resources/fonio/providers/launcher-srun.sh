@{write_command}
debug=@{debug}
if [ -n "${SLURM_CPUS_PER_TASK:-}" ]; then export SRUN_CPUS_PER_TASK=${SRUN_CPUS_PER_TASK:-$SLURM_CPUS_PER_TASK}; fi
if [ -n "$debug" ]; then echo "$(date '+%F %T') $(hostname): srun starts @{tasks} on $SLURM_JOB_NODELIST"; fi
srun --nodes=@{nodes} --ntasks=@{tasks} --ntasks-per-node=@{tasks_per_node} --no-kill --kill-on-bad-exit=0 --cpu-bind=none --label @{overrides}/bin/bash "$FONIO_BLOCK.cmd"

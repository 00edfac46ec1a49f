@{write_command}
debug=@{debug}
if [ -n "$debug" ]; then echo "$(date '+%F %T') $(hostname): @{tasks_per_node} srun of @{nodes} nodes each"; fi
cores=$((${SLURM_CPUS_ON_NODE:-@{tasks_per_node}} / @{tasks_per_node}))
started=
for _ in $(seq @{tasks_per_node}); do
  srun --nodes=@{nodes} --ntasks=@{nodes} --ntasks-per-node=1 --exact --cpus-per-task=$((cores > 0 ? cores : 1)) --label @{overrides}/bin/bash "$FONIO_BLOCK.cmd" &
  started="$started $!"
done
last=0
for step in $started; do
  wait "$step" || last=$?
done
exit "$last"

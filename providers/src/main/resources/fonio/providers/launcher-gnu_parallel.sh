@{write_command}
debug=@{debug}
hosts=${PBS_NODEFILE:-${SSHLOGINFILE:-}}
if [ -z "$hosts" ] && [ -n "${SLURM_JOB_NODELIST:-}" ]; then
  hosts=$FONIO_BLOCK.nodes
  scontrol show hostnames "$SLURM_JOB_NODELIST" >"$hosts"
fi
if [ -n "$debug" ]; then echo "$(date '+%F %T') $(hostname): starting @{tasks} on the hosts of ${hosts:-this node}"; fi
sort -u -- "${hosts:?this batch system gives no file of nodes: set SSHLOGINFILE in worker_init}" >"$FONIO_BLOCK.hosts"
printf -v task 'export FONIO_BLOCK=%q JOBNAME=%q; cd %q && exec bash %q' "$FONIO_BLOCK" "$JOBNAME" "$PWD" "$FONIO_BLOCK.cmd"
seq @{tasks} | parallel --sshloginfile "$FONIO_BLOCK.hosts" --jobs @{tasks_per_node} --joblog "$FONIO_BLOCK.joblog" "$task"

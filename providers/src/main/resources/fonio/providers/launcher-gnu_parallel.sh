@{write_command}
debug=@{debug}
hosts=${PBS_NODEFILE:-${SSHLOGINFILE:-}}
if [ -z "$hosts" ] && [ -n "${SLURM_JOB_NODELIST:-}" ]; then
  hosts=$FONIO_BLOCK.nodes
  scontrol show hostnames "$SLURM_JOB_NODELIST" >"$hosts"
fi
if [ -n "$debug" ]; then echo "$(date '+%F %T') $(hostname): starting @{tasks} on the hosts of ${hosts:-this node}"; fi
sort -u -- "${hosts:?this batch system gives no file of nodes: set SSHLOGINFILE in worker_init}" >"$FONIO_BLOCK.hosts"
seq @{tasks} | parallel --sshloginfile "$FONIO_BLOCK.hosts" --jobs @{tasks_per_node} --joblog "$FONIO_BLOCK.joblog" "export FONIO_BLOCK=$FONIO_BLOCK JOBNAME=$JOBNAME FONIO_TASK={}; cd $PWD && bash $FONIO_BLOCK.cmd"

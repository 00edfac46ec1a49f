export FONIO_BLOCK=${TMPDIR:-/tmp}/fonio-@{name}-$$
export JOBNAME=@{name}
@{worker_init}
@{launch}

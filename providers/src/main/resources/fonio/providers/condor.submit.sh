universe = vanilla
executable = @{script}
output = @{stdout}
error = @{stderr}
log = @{log}
batch_name = @{name}
getenv = true
@{options}
queue @{nodes}

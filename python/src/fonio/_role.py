"""Whether this process is a worker: the worker sets it, the client refuses to start there."""

inside_worker = False

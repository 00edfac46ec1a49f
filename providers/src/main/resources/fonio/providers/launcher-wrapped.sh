@{prepend} bash -c @{command}

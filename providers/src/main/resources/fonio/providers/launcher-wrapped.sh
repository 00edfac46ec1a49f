@{prepend} @{command}

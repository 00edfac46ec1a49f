@{command}

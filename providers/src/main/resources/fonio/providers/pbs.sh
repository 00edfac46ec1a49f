#!/bin/bash
#PBS -S /bin/bash
#PBS -N @{name}
#PBS @{nodes}
@{options}

cd "${PBS_O_WORKDIR:-.}" || exit 1
@{body}

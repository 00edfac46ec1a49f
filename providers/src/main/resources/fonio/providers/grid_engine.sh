#!/bin/bash
#$ -S /bin/bash
#$ -N @{name}
#$ -cwd
@{options}

@{body}

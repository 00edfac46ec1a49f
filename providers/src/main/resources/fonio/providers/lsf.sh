#!/bin/bash
#BSUB -J @{name}
#BSUB -o "@{stdout}"
#BSUB -e "@{stderr}"
@{options}

@{body}

"""The worker process: `python -E -S _worker.py SOCKET SEGMENTS INDEX GENERATION RING TOKEN PARENT`.

Started by its path without `site`, so that it says hello early; the user's packages and the
client's search path come in as soon as the engine has answered.
"""

import os
import sys

if __name__ == "__main__":
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    from fonio._worker_start import main

    sys.modules["__main__"] = type(sys)("__main__")
    main(sys.argv[1:])

"""The worker process: `python -S _worker.py SOCKET SEGMENTS INDEX GENERATION RING TOKEN PARENT`.

Started by its path without `site`, so that it says hello early; the user's packages and the
client's search path come in as soon as the engine has answered.
"""

import os
import sys

if __name__ == "__main__":
    # At the end, so that no package installed beside Fonio hides a module of the standard library.
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if entry != here] + [os.path.dirname(here)]
    from fonio._worker_start import main

    sys.modules["__main__"] = type(sys)("__main__")
    main(sys.argv[1:])

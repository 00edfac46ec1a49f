"""The bridge process: `python _bridge.py ADDRESS TOKEN_FILE NAME BLOCK`.

It is to the engine what a manager is, and hands the tasks that it gets to an executor of another
library.
"""

import os
import sys

if __name__ == "__main__":
    # At the end, so that no package installed beside Fonio hides a module of the standard library.
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if entry != here] + [os.path.dirname(here)]
    from fonio._bridge_start import main

    sys.modules["__main__"] = type(sys)("__main__")
    main(sys.argv[1:])

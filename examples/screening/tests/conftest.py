"""Makes the example's modules importable, as they are beside `main.py`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

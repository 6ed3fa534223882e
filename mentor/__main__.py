"""`python -m mentor`: the command line."""

from __future__ import annotations

import sys

from mentor.cli import main

if __name__ == "__main__":
    sys.exit(main())

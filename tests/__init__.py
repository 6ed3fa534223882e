"""The tests; two processes run them side by side, so that linear algebra shall not start threads of its own."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

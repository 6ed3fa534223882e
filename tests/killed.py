"""A process killed in the middle of what it writes."""

from __future__ import annotations

import subprocess
from pathlib import Path


def kill_once_written(process: subprocess.Popen[str], journal: Path, size: int) -> None:
    """SIGKILL once the journal's write-ahead log has so many bytes; a process that ends before that is let be."""
    log = Path(f"{journal}-wal")
    while process.poll() is None and size_of(log) < size:
        pass
    process.kill()
    process.communicate(timeout=60)


def size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0

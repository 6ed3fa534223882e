"""The long analyses, cold, each in a process of its own: what they take, and how that grows with the journal."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

from benchmarks.journals import DAY, Journals
from benchmarks.ratio import Ratio

WORK: Final = {
    "emotions": "journal.emotions()",
    "habits": "journal.habits()",
    "report of a day": f"journal.mentor_report('{DAY}')",
}
_COLD = """
import json, sys, time
from mentor.journal import Journal
journal = Journal.open(sys.argv[1])
journal.trades()
begun = time.perf_counter()
{work}
print(json.dumps(time.perf_counter() - begun))
"""


def ratios(journals: Journals) -> Iterator[Ratio]:
    """No bar: the screen does this beside the page. The trades are in memory; what is imported for it counts."""
    for name, work in WORK.items():
        program = _COLD.format(work=work)
        spent = []
        for trades in journals.sizes:
            command = [sys.executable, "-c", program, str(journals.of(trades))]
            spent.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
        each = ", ".join(f"{seconds:.2f} s" for seconds in spent)
        sizes = " / ".join(f"{trades:,}" for trades in journals.sizes)
        words = f"{each} at {sizes} trades, {journals.sizes[-1] / journals.sizes[0]:,.0f} times as many"
        yield Ratio(name=f"analysis, {name}, growth", value=spent[-1] / spent[0], words=words)

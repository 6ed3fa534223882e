"""Questions in SQL over copies of a trader's rows: answered by DuckDB in a process of its own, which ends in time.

The journal is never attached: tables are sent as Arrow streams, and the answer comes back as one. In the same process
a single call (`lpad('x', 2000000000, 'y')`) would take gigabytes and outlast every interrupt; another process is ended.
"""

from mentor.query.asking import Answer, Limits, Question, as_parquet, packed
from mentor.query.questions import QUESTIONS, Ready

__all__ = ["QUESTIONS", "Answer", "Limits", "Question", "Ready", "as_parquet", "packed"]

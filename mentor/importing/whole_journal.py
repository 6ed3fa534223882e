"""A whole journal as an export of ours holds it: every row of one trader, and the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

FORMAT = "mentor_journal"


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeJournal:
    """`tables` by the name of their file, ids as `Int64`, every other cell as text; NULL is missing."""

    tables: Mapping[str, pd.DataFrame]
    settings: Mapping[str, str]

"""Holds the fills of a whole journal against those that are there, so that positions go on and none is doubled."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from mentor.messages import message
from mentor.transfer.here import partners

#: What tells a fill: the parts of one that closed a position and opened the next have a number each.
_FILL = ("account", "symbol", "external_id", "fingerprint", "part")
#: Positions are apart by these.
_WHOSE = ["account", "symbol", "leg"]
#: What becomes of a fill of an open position when that goes on.
CHANGED = ("trade_id", "closed_by", "quantity", "fees", "gross", "realized", "effect")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFills:
    """Which fills to add, and those here that came to belong to a round trip there: id, and the cells `CHANGED`."""

    adding: pd.Series
    changed: pd.DataFrame
    notices: tuple[str, ...]


def held_against(theirs: pd.DataFrame, ours: pd.DataFrame) -> HeldFills:
    """`theirs` speaks of trades and imports by their ids here.

    Where this journal has fills of a position that the other lacks, its positions stay as they are: of two ways to go
    on only one can be right.
    """
    ids = partners(theirs, ours, _FILL)
    both = pd.concat([theirs[_WHOSE], ours[_WHOSE]])
    whose = both.groupby(_WHOSE, dropna=False).ngroup().to_numpy()
    mine, here = whose[: len(theirs)], whose[len(theirs) :]
    went_on = pd.Series(mine, index=theirs.index).isin(here[~ours["id"].isin(ids).to_numpy()])
    still_open = theirs["trade_id"].isna()
    apart = ids.isna() & still_open & went_on
    open_here = ids.isin(ours["id"][ours["trade_id"].isna()])
    changed = theirs[open_here & ~still_open & ~went_on]
    symbols = ", ".join(sorted(theirs["symbol"][apart].unique()))
    told = message(
        "{symbols}: the open positions differ, and stay as they are here. Go on with them by the broker's own file.",
        symbols=symbols,
    )
    return HeldFills(
        adding=ids.isna() & ~apart,
        changed=changed[list(CHANGED)].assign(id=ids[changed.index]),
        notices=(told,) if symbols else (),
    )

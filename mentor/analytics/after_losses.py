"""What a trader did next: the pause before each trade, and its lots beside those of the one closed before it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

_Ints = npt.NDArray[np.int64]


def pauses(trades: pd.DataFrame) -> pd.DataFrame:
    """Seconds from being flat to the next entry: `id`, `session_id`, `seconds`, and `before`, the result then last.

    One row a trade entered when all earlier ones of its session were closed. Only sessions all of whose trades state
    their times: an unknown trade may lie in any pause. `before` is NaN where it cannot be read.
    """
    timed = (trades["exit_time"] >= trades["entry_time"]).groupby(trades["session_id"]).transform("all")
    rows = trades[timed.to_numpy(dtype=bool)].sort_values(["session_id", "entry_time", "id"], kind="stable")
    closed = rows["exit_time"].groupby(rows["session_id"]).cummax()
    seconds = (rows["entry_time"] - closed.groupby(rows["session_id"]).shift()).dt.total_seconds().to_numpy()
    last = np.maximum.accumulate(np.where((rows["exit_time"] == closed).to_numpy(), np.arange(len(rows)), 0))
    before = rows["profit_loss"].to_numpy()[np.concatenate(([0], last[:-1]))[: len(rows)]]
    found = pd.DataFrame(
        {"id": rows["id"].to_numpy(), "session_id": rows["session_id"].to_numpy(), "seconds": seconds, "before": before}
    )
    return found[found["seconds"] >= 0].reset_index(drop=True)


def lots_after_losses(trades: pd.DataFrame) -> pd.DataFrame:
    """Trades of one day whose symbol's last closed one lost: `id`, `symbol`, `lots`, `lots_before`, in order of entry.

    Both lots are known and above 0. A trade comes after another when it was entered not before that one was closed;
    unless all trades state both times, when it was closed later.
    """
    begun = trades["entry_time"].fillna(trades["closed_at"])
    rows = trades.assign(begun=begun).sort_values(["begun", "id"], kind="stable", na_position="last")
    entry, exit_ = _moments(rows)
    key = ["symbol", "moment"]
    told = pd.DataFrame({"id": rows["id"], "symbol": rows["symbol"].astype("str"), "lots": rows["lot_size"]})
    entered = told.assign(moment=entry).sort_values("moment", kind="stable")
    closed = told.assign(moment=exit_, result=rows["profit_loss"]).sort_values(["moment", "id"])
    found: pd.DataFrame = pd.merge_asof(
        entered, closed[[*key, "lots", "result"]], on="moment", by="symbol", suffixes=("", "_before")
    )
    known = (found["result"] < 0) & (found["lots"] > 0) & (found["lots_before"] > 0)
    return found.loc[known, ["id", "symbol", "lots", "lots_before"]].reset_index(drop=True)


def holding_ratios(trades: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """Median seconds losers and winners were held, by session with `fewest` of each: `losers`, `winners`, `ratio`.

    Holding times count at least one second.
    """
    held = (trades["exit_time"] - trades["entry_time"]).dt.total_seconds()
    decided = ((held >= 0) & (trades["profit_loss"] != 0) & trades["profit_loss"].notna()).to_numpy()
    rows = pd.DataFrame(
        {
            "session_id": trades["session_id"].to_numpy()[decided],
            "side": np.where(trades["profit_loss"].to_numpy()[decided] < 0, "losers", "winners"),
            "seconds": held.clip(lower=1.0).to_numpy()[decided],
        }
    )
    losers, winners = (
        rows[rows["side"] == side].groupby("session_id")["seconds"].agg(["median", "size"])
        for side in ("losers", "winners")
    )
    both = losers.merge(winners, left_index=True, right_index=True, suffixes=("_losers", "_winners"))
    enough = (both["size_losers"] >= fewest) & (both["size_winners"] >= fewest)
    medians = both[enough.to_numpy(dtype=bool)]
    return pd.DataFrame(
        {
            "losers": medians["median_losers"],
            "winners": medians["median_winners"],
            "ratio": medians["median_losers"] / medians["median_winners"],
        }
    )


def _moments(rows: pd.DataFrame) -> tuple[_Ints, _Ints]:
    """Entry and exit of each row as numbers that rise with time; their place in order where a time is missing."""
    place = np.arange(len(rows), dtype=np.int64)
    if not (rows["exit_time"] >= rows["entry_time"]).all():
        return 2 * place, 2 * place + 1
    entry, exit_ = (_microseconds(rows[name]) for name in ("entry_time", "exit_time"))
    # A trade without a duration must not come after itself.
    return entry, exit_ + (exit_ == entry)


def _microseconds(times: pd.Series[pd.Timestamp]) -> _Ints:
    return times.dt.tz_localize(None).to_numpy().astype("datetime64[us]").astype(np.int64)

"""Marks each trade of a file: new, already in the journal, probably there from another source, or deleted by hand.

Identity, in this order: the same account and external id; else, where one side has no id, the k-th trade with a
fingerprint in the file is the k-th one in the journal, so two identical trades stay two. What is left is a *lookalike*
when a trade from another source has the same day, symbol, lots and profit to half a cent. "Another source" means that
the identities cannot be compared: the journal's trade was logged by a bot or by hand, belongs to another account, or
was read from a file of another shape (see `fingerprint`) without ids.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from mentor.importing.faults import Mask

#: Between an id that several trades share and the part of the fingerprint that tells them apart.
ID_SEPARATOR = "~"
#: Microseconds.
DAY = 86_400_000_000
Ints = npt.NDArray[np.int64]


def mark(trades: pd.DataFrame, known: pd.DataFrame, deleted: pd.DataFrame) -> pd.Series:
    """'new', 'duplicate', 'lookalike' or 'deleted' for every row of `trades`, as a category.

    `known` are the journal's trades: session_date, symbol, lot_size, profit_loss, account, external_id, fingerprint,
    import_id (missing: logged by a bot or by hand). `deleted` needs account, external_id and fingerprint.
    """
    status = np.zeros(len(trades), dtype=np.int64)
    partners, used = same_trades(trades, known)
    duplicate = partners >= 0
    status[duplicate] = STATES.index("duplicate")
    rest = trades[~duplicate]
    gone, _ = same_trades(rest, deleted)
    status[np.flatnonzero(~duplicate)[gone >= 0]] = STATES.index("deleted")
    open_rows = np.flatnonzero(status == 0)
    alike = twins(trades.iloc[open_rows], known[~used]) >= 0
    status[open_rows[alike]] = STATES.index("lookalike")
    marked = pd.Categorical.from_codes(status, dtype=pd.CategoricalDtype(list(STATES)))
    return pd.Series(marked, index=trades.index)


STATES = ("new", "duplicate", "lookalike", "deleted")


def same_trades(trades: pd.DataFrame, known: pd.DataFrame) -> tuple[Ints, Mask]:
    """Which known one each trade is for certain (−1: none), and which known ones are one of the trades."""
    partners, used = np.full(len(trades), -1, dtype=np.int64), np.zeros(len(known), dtype=bool)
    if not len(trades) or not len(known):
        return partners, used
    found = np.zeros(len(trades), dtype=bool)
    has_id, knows_id = (frame["external_id"].notna().to_numpy() for frame in (trades, known))
    has_print, knows_print = (frame["fingerprint"].notna().to_numpy() for frame in (trades, known))
    left, right = (frame.assign(stem=_stem(frame["external_id"])) for frame in (trades, known))
    for keys, ours, theirs in (
        (["account", "external_id"], has_id, knows_id),
        (["account", "stem", "fingerprint"], has_id, knows_id),
        (["fingerprint"], has_print & ~has_id, knows_print),
        (["fingerprint"], has_print, knows_print & ~knows_id),
    ):
        one_side, other = match(left, right, keys, found, used, ours, theirs)
        partners[one_side] = other
    return partners, used


def same_fills(fills: pd.DataFrame, known: pd.DataFrame) -> tuple[Mask, Mask]:
    """Which fills are one of the known ones, and which known ones they are: by account and id, else by content.

    Content counts with its multiplicity, and only where one side has no id; an account that one side does not name is
    no difference. An id of other content needs the same action, and the same price and time of day (its date may have
    been read otherwise) or nearly the same day: some programs count anew in every file.
    """
    found, used = np.zeros(len(fills), dtype=bool), np.zeros(len(known), dtype=bool)
    if not len(fills) or not len(known):
        return found, used
    has_id, knows_id = (frame["external_id"].notna().to_numpy() for frame in (fills, known))
    named, knows_name = (frame["account"].notna().to_numpy() for frame in (fills, known))
    left, right = (
        frame.assign(stem=_stem(frame["external_id"]), clock=frame["at"].astype("int64") % DAY)
        for frame in (fills, known)
    )
    whose: tuple[tuple[list[str], Mask, Mask], ...] = (
        (["account"], np.ones(len(fills), dtype=bool), np.ones(len(known), dtype=bool)),
        ([], ~named, np.ones(len(known), dtype=bool)),
        ([], np.ones(len(fills), dtype=bool), ~knows_name),
    )
    by_id = (has_id, knows_id)
    for days, what, (mine, theirs) in (
        (0, ["stem", "fingerprint"], by_id),
        (0, ["external_id", "action", "price", "clock"], by_id),
        *((days, ["external_id", "action", "session_date"], by_id) for days in (0, 1, -1)),
        (0, ["fingerprint"], (~has_id, np.ones(len(known), dtype=bool))),
        (0, ["fingerprint"], (has_id, ~knows_id)),
    ):
        right["session_date"] = known["session_date"] + pd.Timedelta(days=days)
        for account, ours, others in whose:
            match(left, right, [*account, *what], found, used, mine & ours, theirs & others)
    return found, used


def seen_elsewhere(fills: pd.DataFrame, known: pd.DataFrame) -> Mask:
    """Which known fills look like one of `fills` that was read from another kind of file: all but seconds are equal."""
    left, right = _traded(fills), _traded(known)
    both = right.merge(left, on=["symbol", "action", "quantity", "price", "minute"], suffixes=("", "_found"))
    unnamed = both["account"].isna() | both["account_found"].isna()
    both = both[(both["shape"] != both["shape_found"]) & (unnamed | (both["account"] == both["account_found"]))]
    return np.isin(np.arange(len(known)), both["row"])


def _traded(fills: pd.DataFrame) -> pd.DataFrame:
    """What two reports of one fill share, where it is complete, and what says whether they can be compared."""
    traded = pd.DataFrame(
        {
            "row": np.arange(len(fills)),
            "symbol": fills["symbol"].astype("str").str.casefold().to_numpy(),
            "action": fills["action"].astype("str").to_numpy(),
            "quantity": fills["quantity"].round(8).to_numpy(),
            "price": fills["price"].round(8).to_numpy(),
            "minute": fills["at"].dt.floor("min").dt.tz_localize(None).to_numpy(),
            "account": fills["account"].astype("str").to_numpy(),
            "shape": fills["fingerprint"].astype("str").str.slice(0, 2).to_numpy(),
        }
    ).astype(dict.fromkeys(("symbol", "action", "account", "shape"), "str"))
    return traded.dropna(subset=["quantity", "price", "minute"])


def _stem(ids: pd.Series) -> pd.Series:
    return ids.astype("str").str.replace(f"{ID_SEPARATOR}.*", "", regex=True)


def twins(trades: pd.DataFrame, known: pd.DataFrame) -> Ints:
    """Which known trade from another source each one looks like, one to one; −1 where there is none."""
    found, used = np.zeros(len(trades), dtype=bool), np.zeros(len(known), dtype=bool)
    twin = np.full(len(trades), -1, dtype=np.int64)
    if not len(trades) or not len(known):
        return twin
    left, right = _looks(trades), _looks(known)
    keys = ["session_date", "symbol", "lots", "cents"]
    complete, knows = (frame[keys].notna().all(axis=1).to_numpy() for frame in (left, right))
    manual = known["import_id"].isna().to_numpy()
    for at in left.groupby(["account", "has_id", "shape"], dropna=False).indices.values():
        one = left.iloc[at[0]]
        same_account = (right["account"] == one["account"]).to_numpy()
        same_kind = (right["has_id"] & one["has_id"]) | ((right["shape"] == one["shape"]) & (one["shape"] != ""))
        comparable = same_account & same_kind.to_numpy() & ~manual
        mine = np.zeros(len(left), dtype=bool)
        mine[at] = True
        one_side, other = match(left, right, keys, found, used, mine & complete, knows & ~comparable)
        twin[one_side] = other
    return twin


def _looks(frame: pd.DataFrame) -> pd.DataFrame:
    """What two reports of one trade share, and what says whether their identities can be compared."""
    return pd.DataFrame(
        {
            "session_date": frame["session_date"].to_numpy(),
            "symbol": frame["symbol"].astype("str").str.casefold().to_numpy(),
            "lots": frame["lot_size"].round(8).to_numpy(),
            "cents": frame["profit_loss"].mul(100).round().to_numpy(),
            "account": frame["account"].astype("str").fillna("").to_numpy(),
            "has_id": frame["external_id"].notna().to_numpy(),
            "shape": frame["fingerprint"].astype("str").str.slice(0, 2).fillna("").to_numpy(),
        }
    )


def match(
    left: pd.DataFrame, right: pd.DataFrame, keys: Sequence[str], found: Mask, used: Mask, allowed: Mask, open_: Mask
) -> tuple[Ints, Ints]:
    """Pair the k-th row of a key on the left with the k-th on the right, note and give both; rows are paired once."""
    a, b = np.flatnonzero(allowed & ~found), np.flatnonzero(open_ & ~used)
    if not len(a) or not len(b):
        return a[:0], b[:0]
    codes = _codes(left[list(keys)].iloc[a], right[list(keys)].iloc[b])
    mine, theirs = _numbered(codes[: len(a)]), _numbered(codes[len(a) :])
    _, at, there = np.intersect1d(mine, theirs, assume_unique=True, return_indices=True)
    found[a[at]], used[b[there]] = True, True
    return a[at], b[there]


def _codes(left: pd.DataFrame, right: pd.DataFrame) -> Ints:
    """One integer per distinct key over both frames; missing counts as a value."""
    codes = np.zeros(len(left) + len(right), dtype=np.int64)
    for name in left.columns:
        both = pd.concat([left[name], right[name]], ignore_index=True)
        part, uniques = pd.factorize(both, use_na_sentinel=False)
        codes, _ = pd.factorize(codes * max(len(uniques), 1) + part)
    return codes


def _numbered(codes: Ints) -> Ints:
    """Each code together with how often it occurred before, as one integer."""
    occurrence = pd.Series(codes).groupby(codes).cumcount().to_numpy()
    return codes * (2**31) + occurrence

"""What all reports of Interactive Brokers share: asset classes, codes of opening and closing, cancelled trades."""

from __future__ import annotations

import re

import pandas as pd

from mentor.importing.currencies import MONEY
from mentor.messages import message, messages

ID, TITLE = "interactive_brokers", message("Interactive Brokers statements and flex queries (CSV, XML)")
#: The clock of all reports, whatever the language and the country of the account.
ZONE = "America/New_York"
CONVERSION = "a currency conversion"
#: Asset classes by code, or by a part of their name in a few languages; the first that fits.
ASSETS = {
    r"^stk$|^fund$|^etf$": "stock",
    r"^cash$|forex|devisen|fórex": "forex",
    r"cfd|^cmdty$": "cfd",
    r"^war$|^iopt$|warrant|optionsschein|structured": "warrant",
    r"^fop$|^fsfop$|^fsopt$|(?:option|opci|opç|opzion).*(?:future|termin)": "future option",
    r"^opt$|option|opci|opç|opzion": "option",
    r"^fut$|future|futuro": "future",
    r"^bond$|^bill$|bond|bill|anleihe|obliga|bono": "bond",
    r"crypto|krypto|cripto": "crypto",
    r"stock|aktie|action|accion|ações|azion|mutual fund": "stock",
}
_PAIR = re.compile(r"([A-Z]{3})\.([A-Z]{3})")


def assets(classes: pd.Series) -> pd.Series:
    """Our word for each asset class, NaN for one we do not know."""
    folded = classes.str.casefold()
    known = pd.Series(dtype="str", index=classes.index)
    for pattern, asset in ASSETS.items():
        known = known.mask(known.isna() & folded.str.contains(pattern, regex=True, na=False), asset)
    return known


def effects(codes: pd.Series) -> pd.Series:
    """What codes such as `O`, `C;P`, `A;C` or `Ep` say a trade does to the position."""
    marks = ";" + codes.str.replace(" ", "").str.replace(",", ";") + ";"
    opens, closes, expired = (marks.str.contains(f";{mark};", regex=False, na=False) for mark in ("O", "C", "Ep"))
    effect = pd.Series(dtype="str", index=codes.index)
    effect = effect.mask(opens, "open").mask(closes | (expired & ~opens), "close")
    return effect.mask(opens & closes, "reverse")


def signed_sides(sizes: pd.Series) -> pd.Series:
    """Bought or sold, by the sign of a quantity."""
    signs = pd.to_numeric(sizes, errors="coerce").fillna(0)
    return pd.Series(dtype="str", index=sizes.index).mask(signs > 0, "buy").mask(signs < 0, "sell")


def is_pair(symbol: str) -> bool:
    """Whether a symbol is a pair of currencies: `EUR.USD`."""
    found = _PAIR.fullmatch(symbol)
    return found is not None and {found[1], found[2]} <= MONEY


def settled(rows: pd.DataFrame) -> pd.DataFrame:
    """Conversions and cancelled trades out; a contract for difference is kept apart from the share it is named as."""
    pairs = rows["symbol"].map(is_pair, na_action="ignore").eq(True)
    converted = rows["asset"].eq("forex") | (pairs & ~rows["asset"].eq("cfd"))
    rows["ignored"] = rows["ignored"].mask(converted & rows["ignored"].isna(), CONVERSION)
    rows = _without_cancelled(rows)
    unsided = rows["side"].isna() & rows["ignored"].isna() & rows["refused"].isna()
    rows["refused"] = rows["refused"].mask(unsided, message("has no quantity that is a number other than zero"))
    named = rows["symbol"].str.contains("CFD", na=True)
    rows["symbol"] = rows["symbol"].mask(rows["asset"].eq("cfd") & ~named, rows["symbol"] + " CFD")
    return rows


def _without_cancelled(rows: pd.DataFrame) -> pd.DataFrame:
    """A cancellation repeats its trade with the opposite size; both go, nearest before it first."""
    size = pd.to_numeric(rows["size"], errors="coerce")
    account = rows["account"].fillna("")
    for at in rows.index[rows["cancels"] & rows["ignored"].isna()]:
        twins = rows.index[
            (account == account[at])
            & (rows["symbol"] == rows.at[at, "symbol"])
            & (rows["price"] == rows.at[at, "price"])
            & (size == -size[at])
            & rows["ignored"].isna()
            & ~rows["cancels"]
        ]
        if len(twins):
            before = twins[twins < at]
            rows.loc[[at, before[-1] if len(before) else twins[0]], "ignored"] = "cancelled"
        else:
            rows.loc[at, "refused"] = message("cancels a trade that is not in this file; remove that trade by hand")
    return rows


def notices(rows: pd.Series) -> tuple[str, ...]:
    """Says how many rows were conversions; `rows` are the reasons why rows are no trades."""
    count = int(rows.eq(CONVERSION).sum())
    told = messages(
        "{n} currency conversion is no trade and left out.",
        "{n} currency conversions are no trades and left out.",
        n=count,
    )
    return (told,) if count else ()

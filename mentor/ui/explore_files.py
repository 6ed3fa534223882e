"""Tables to take along: as CSV, in which nothing is a formula, and as Parquet."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from mentor.i18n.language import _
from mentor.importing.formulas import defused


def draw(frame: pd.DataFrame, name: str) -> None:
    """Two buttons; the files are made when one is pressed."""
    with st.container(horizontal=True):
        for ending, label, kind, made in (
            ("csv", _("Download as CSV"), "text/csv", as_csv),
            ("parquet", _("Download as Parquet"), "application/vnd.apache.parquet", _parquet),
        ):
            st.download_button(
                label,
                partial(made, frame),
                file_name=f"{name}.{ending}",
                mime=kind,
                icon=":material/download:",
                on_click="ignore",
                key=f"{name}_{ending}",
            )


def as_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a mark that spreadsheets know it by; text that looks like a formula begins with an apostrophe."""
    harmless = frame.copy(deep=False)
    for place, column in enumerate(frame.columns):
        if not pd.api.types.is_numeric_dtype(frame.dtypes.iloc[place]):
            harmless[column] = frame[column].map(_harmless, na_action="ignore")
    return harmless.rename(columns=_harmless).to_csv(index=False).encode("utf-8-sig")


def _harmless(cell: object) -> object:
    return defused(cell) if isinstance(cell, str) else cell


def _parquet(frame: pd.DataFrame) -> bytes:
    from mentor.query import as_parquet

    return as_parquet(frame)

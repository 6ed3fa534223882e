"""Choices that stand in the address as plain codes, so that a view can be bookmarked and sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st


def seeded(name: str, options: Sequence[str], default: str, *, page: str = "explore") -> str:
    """The key of a widget of a page that begins with what the address says, if that is one of the options."""
    key = f"{page}_{name}"
    if st.session_state.get(key) not in options:
        asked = st.query_params.get(name, default)
        st.session_state[key] = asked if asked in options else default
    return key


def keep(name: str, chosen: str, default: str) -> None:
    """Let the address say it; the default goes without saying."""
    if chosen != default:
        if st.query_params.get(name) != chosen:
            st.query_params[name] = chosen
    elif name in st.query_params:
        del st.query_params[name]


def select(name: str, label: str, options: Sequence[str], told: Callable[[str], str], default: str) -> str:
    """A choice of codes shown by their names."""
    key = seeded(name, options, default)
    chosen: str = st.selectbox(label, options, format_func=told, key=key)
    keep(name, chosen, default)
    return chosen


def seed_several(name: str, key: str, options: Sequence[str]) -> None:
    """Let a widget of several choices begin with those of the address that are options."""
    if key not in st.session_state:
        st.session_state[key] = [code for code in dict.fromkeys(st.query_params.get_all(name)) if code in options]


def keep_several(name: str, codes: Sequence[str]) -> None:
    """Let the address say all of them."""
    if list(codes) != st.query_params.get_all(name):
        st.query_params[name] = list(codes)

"""Results as the values JSON knows: objects, lists, text, finite numbers and null."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Union

import numpy as np
import pandas as pd

Plain = Union[None, bool, int, float, str, list["Plain"], dict[str, "Plain"]]  # noqa: UP007 - refers to itself


def plain(value: Any) -> Plain:
    """Dataclasses (properties too) and mappings become objects, frames lists of rows, days ISO text, NaN null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.to_dict("records")]
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(part) for part in value]
    return _one(value)


def _names(kind: type) -> list[str]:
    """Fields, then what follows from them."""
    properties = [name for name, part in vars(kind).items() if isinstance(part, property)]
    return [*(field.name for field in dataclasses.fields(kind)), *properties]


def _one(value: Any) -> Plain:
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, pd.Timestamp) and value.tzinfo is None:  # a day, as frames hold it
        return value.date().isoformat()
    if isinstance(value, date):  # a moment is a date too
        return value.isoformat()
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    assert isinstance(value, (bool, int, float, str)), f"no form for machines: {type(value)}"
    return value

"""What programs may send: each field with its type and bounds; whatever else is refused, nothing is bent to fit."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from mentor.api.refusals import Refused
from mentor.arguments import LARGEST_AMOUNT
from mentor.messages import Message, message
from mentor.models import Trade

MOST_TRADES: Final = 1_000
_MOST_FAULTS: Final = 3
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d")
#: Control characters, letters without width, and those that turn the direction of writing round.
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def _as_time(value: object) -> object:
    """Digits alone would be read as seconds since 1970, `20250115` too."""
    if not isinstance(value, str) or not _TIME.match(value):
        raise PydanticCustomError("datetime_parsing", "no ISO 8601 time")
    return value


def _of_letters(value: str) -> str:
    """Nothing that a screen, a terminal or a search would not show, or would show in another order."""
    if _UNSEEN.search(value):
        raise PydanticCustomError("unseen", "control characters")
    return value


_SEEN: Final = AfterValidator(_of_letters)
Word = Annotated[str, Field(min_length=1, max_length=64), _SEEN]
Time = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_as_time)]
Text = Annotated[str, Field(max_length=10_000)]
Amount = Annotated[float, Field(ge=-LARGEST_AMOUNT, le=LARGEST_AMOUNT)]
Price = Annotated[float, Field(ge=-LARGEST_AMOUNT, le=LARGEST_AMOUNT)]


class _Payload(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class TradeSent(_Payload):
    """One closed trade. `profit_loss` is net, in `currency`, else in the journal's; times carry their zone."""

    symbol: Word
    profit_loss: Amount
    lot_size: Annotated[float, Field(gt=0, le=LARGEST_AMOUNT)]
    bot_id: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    side: Literal["long", "short"] | None = None
    entry_time: Time | None = None
    exit_time: Time | None = None
    entry_price: Price | None = None
    exit_price: Price | None = None
    stop_price: Price | None = None
    target_price: Price | None = None
    stop_loss_used: bool = Field(default=False, description="The exit was the stop.")
    take_profit_used: bool = Field(default=False, description="The exit was the target.")
    risk_percent: Annotated[float, Field(gt=0, le=100)] | None = None
    fees: Amount | None = Field(default=None, description="Already taken off profit_loss; positive when paid.")
    strategy_used: Annotated[str, Field(max_length=200), _SEEN] | None = None
    account: Annotated[str, Field(max_length=200), _SEEN] | None = None
    currency: Annotated[str, Field(pattern="^[A-Za-z0-9]{3,5}$")] | None = None
    external_id: Annotated[str, Field(min_length=1, max_length=200), _SEEN] | None = Field(
        default=None, description="The broker's number; with the account it says which trade this is."
    )
    notes: Text | None = None


class EmotionsSent(_Payload):
    """How the trader feels now; `notes`, when sent, replace those of today's session."""

    emotions: Word
    notes: Text | None = None


class FeedbackAsked(_Payload):
    """The same to be answered, not stored; `current_pnl` is today's result so far, else the journal's trades say."""

    emotions: Word
    notes: Text | None = None
    current_pnl: Amount | None = None


Sent = TypeVar("Sent", bound=_Payload)

_ONE: Final = TypeAdapter(TradeSent)
_MANY: Final[TypeAdapter[list[TradeSent]]] = TypeAdapter(
    Annotated[list[TradeSent], Field(min_length=1, max_length=MOST_TRADES)]
)
#: What pydantic finds → what is said of it; others are said in its own words.
_FAULTS: Final[dict[str, str]] = {
    "missing": message("{field} is missing"),
    "extra_forbidden": message("{field} is no field of this request"),
    "float_type": message("{field} must be a number"),
    "finite_number": message("{field} must be a finite number"),
    "int_type": message("{field} must be a whole number"),
    "int_from_float": message("{field} must be a whole number"),
    "bool_type": message("{field} must be true or false"),
    "string_type": message("{field} must be text"),
    "string_too_short": message("{field} must have at least {min_length} characters"),
    "string_too_long": message("{field} must have at most {max_length} characters"),
    "string_pattern_mismatch": message("{field} must be a code of 3 to 5 letters or digits, such as USD"),
    "unseen": message("{field} holds characters that cannot be seen"),
    "greater_than": message("{field} must be greater than {gt}"),
    "greater_than_equal": message("{field} must be at least {ge}"),
    "less_than_equal": message("{field} must be at most {le}"),
    "literal_error": message("{field} must be one of {expected}"),
    "timezone_aware": message("{field} must be a time with its zone, such as 2025-01-15T14:30:00+07:00"),
    "datetime_type": message("{field} must be a time with its zone, such as 2025-01-15T14:30:00+07:00"),
    "datetime_parsing": message("{field} must be a time with its zone, such as 2025-01-15T14:30:00+07:00"),
    "datetime_from_date_parsing": message("{field} must be a time with its zone, such as 2025-01-15T14:30:00+07:00"),
    "model_type": message("{field} must be a JSON object"),
    "model_attributes_type": message("{field} must be a JSON object"),
    "too_short": message("the list is empty"),
    "too_long": message("the list holds more than {max_length} trades"),
}


def trades_sent(body: bytes) -> tuple[list[Trade], bytes]:
    """The trades of a request, one or a list, and what it asks in one canonical form."""
    if body.lstrip()[:1] == b"[":
        many = _read(_MANY, body)
        return [_trade(sent) for sent in many], _MANY.dump_json(many)
    one = _read(_ONE, body)
    return [_trade(one)], _ONE.dump_json(one)


def read(kind: type[Sent], body: bytes) -> Sent:
    sent: Sent = _read(TypeAdapter(kind), body)
    return sent


def _read(adapter: TypeAdapter[Any], body: bytes) -> Any:
    try:
        sent = adapter.validate_json(body)
    except ValidationError as refused:
        raise _refusal(refused) from refused
    json.loads(body, object_pairs_hook=_once_each)
    return sent


def _once_each(pairs: list[tuple[str, Any]]) -> None:
    """Of two values under one name the last would be taken in silence."""
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        twice = next(name for nth, name in enumerate(names) if name in names[:nth])
        raise Refused(
            422,
            "invalid",
            message("The request holds something that cannot be true"),
            where=message("{field} is there more than once", field=twice),
        )


def _refusal(refused: ValidationError) -> Refused:
    found = refused.errors(include_url=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        what = message("The body is no valid JSON: {reason}", reason=found[0]["msg"].partition(": ")[2])
        return Refused(400, "bad_json", what)
    faults = [_fault(error) for error in found[:_MOST_FAULTS]]
    where = Message("; ".join(f"{{fault_{nth}}}" for nth in range(len(faults))), **_numbered(faults))
    return Refused(422, "invalid", message("The request holds something that cannot be true"), where=where)


def _numbered(faults: list[Message]) -> dict[str, object]:
    return {f"fault_{nth}": fault for nth, fault in enumerate(faults)}


def _fault(error: ErrorDetails) -> Message:
    field = _field(error["loc"])
    values = {name: value for name, value in error.get("ctx", {}).items() if name != "field"}
    template = _FAULTS.get(error["type"])
    if template is None:
        return message("{field}: {reason}", field=field, reason=error["msg"])
    return Message(str(template), field=field, **values)


def _field(place: tuple[int | str, ...]) -> str:
    """`[2].symbol`: the third trade of a list; names nobody knows are cut."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part[:64]}" for part in place]
    return "".join(parts).lstrip(".") or "body"


def _trade(sent: TradeSent) -> Trade:
    return Trade(**sent.model_dump())

"""`serve` and `token`: the server, and the programs that may come through its HTTP door."""

from __future__ import annotations

import argparse
import os
import runpy
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from mentor.cli.journals import database, existing, made_if_missing, opened
from mentor.cli.output import complain, say
from mentor.i18n.language import _
from mentor.models import ApiToken

_APP: Final = Path(__file__).resolve().parents[2] / "app.py"


def describe(commands: Any) -> None:
    serve = commands.add_parser("serve", help=_("start the dashboard and the HTTP door on this machine"))
    serve.add_argument("--host", metavar="ADDRESS", default="127.0.0.1", help=_("to listen on (default: 127.0.0.1)"))
    serve.add_argument("--port", metavar="PORT", type=int, default=8501, help=_("to listen on (default: 8501)"))
    serve.add_argument(
        "--allow-host",
        metavar="NAME",
        action="append",
        default=[],
        help=_("a name this server answers to beside localhost; may be repeated"),
    )
    serve.set_defaults(run=_serve)
    token = commands.add_parser("token", help=_("let programs in through the HTTP door, and shut them out"))
    actions = token.add_subparsers(metavar="ACTION", required=True)
    create = actions.add_parser("create", help=_("make a token and show its secret, once"))
    create.add_argument("name", metavar="NAME", help=_("of the program that will use it"))
    create.set_defaults(run=_create)
    listed = actions.add_parser("list", help=_("list the tokens made so far"))
    listed.set_defaults(run=_list)
    revoke = actions.add_parser("revoke", help=_("shut a program out, from its next request on"))
    revoke.add_argument("token_id", metavar="ID", type=int, help=_("its number in the list of tokens"))
    revoke.set_defaults(run=_revoke)


def _serve(given: argparse.Namespace) -> int:
    """In this process, as `streamlit run app.py` would be; settings are read from beside `app.py`."""
    os.environ["MENTOR_DATABASE"] = str(database(given).absolute())
    os.chdir(_APP.parent)
    sys.argv = ["streamlit", "run", str(_APP), f"--server.address={given.host}", f"--server.port={given.port}"]
    sys.argv += [f"--server.allowedHosts={name}" for name in _names(given)]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    return 0


def _names(given: argparse.Namespace) -> list[str]:
    """None stated: those of the settings."""
    return ["127.0.0.1", "localhost", "[::1]", *given.allow_host] if given.allow_host else []


def _create(given: argparse.Namespace) -> int:
    with made_if_missing(given) as journal:
        secret = journal.create_token(given.name)
    say(secret)
    complain(_("Keep it now: nobody can show it again. Programs send it as `Authorization: Bearer …`."))
    return 0


def _list(given: argparse.Namespace) -> int:
    with opened(existing(given), user_id=given.user) as journal:
        tokens = journal.tokens()
        for token in tokens:
            say(_line(token, journal.zone))
    if not tokens:
        say(_("No token made yet."))
    return 0


def _revoke(given: argparse.Namespace) -> int:
    with opened(existing(given), user_id=given.user) as journal:
        token = journal.revoke_token(given.token_id)
    say(_("Token {id} of {name} opens nothing any more.", id=token.id, name=token.name))
    return 0


def _line(token: ApiToken, zone: ZoneInfo) -> str:
    line = _(
        "{id}  {prefix}…  {name}, made {made}, {used}",
        id=token.id,
        prefix=token.prefix,
        name=token.name,
        made=_when(token.created_at, zone),
        used=_("never used")
        if token.last_used_at is None
        else _("last used {when}", when=_when(token.last_used_at, zone)),
    )
    if token.revoked_at is None:
        return line
    return _("{line}; revoked {when}", line=line, when=_when(token.revoked_at, zone))


def _when(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")

"""The facts of a session as sentences in Bahasa Indonesia or English; nothing is said that was not measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from mentor.analytics.risk_score import CAPS
from mentor.i18n import labels, numbers, risk
from mentor.models import MoodCheckin, Timing, Trade
from mentor.report.facts import SessionFacts

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")

_SENTENCES: Final[dict[Language, dict[str, str]]] = {
    "id": {
        "title": "Sesi {day}.",
        "no_trades": "Belum ada trade yang tercatat di sesi ini.",
        "none_counted": "Tidak ada trade yang bisa dijumlahkan.",
        "result": "Hasil bersih: {net} dari {trades} ({counts}).",
        "stated": "Program lain mencatat {trades} dengan hasil {net} untuk sesi ini, tanpa rincian trade-nya; "
        "angka itu disebut apa adanya dan tidak ikut dihitung.",
        "stated_differs": "Program asalnya mencatat {trades} dengan hasil {net}; yang dihitung di sini adalah "
        "trade-nya sendiri.",
        "rates": "Win rate {win_rate}; profit factor {profit_factor}.",
        "rates_undefined": "Win rate {win_rate}; profit factor tidak bisa dihitung karena {reason}.",
        "best_worst": "Hasil trade tertinggi: {best}; terendah: {worst}.",
        "strategies": "Hasil strategi tertinggi: {best}; terendah: {worst}.",
        "one_strategy": "Satu-satunya strategi yang tercatat: {best}.",
        "mood": "Mood: {moods}.",
        "word": "Mood “{word}” ditulis program lain; kapan dirasakan tidak diketahui.",
        "no_mood": "Mood tidak dicatat.",
        "market": "Kondisi pasar: {market}.",
        "exits": "Exit: {exits}.",
        "risk_score": "Skor manajemen risiko: {score} dari 10.",
        "risk_held": "Skor manajemen risiko: {score} dari 10; paling tinggi {most} karena {reasons}.",
        "risk_unknown": "Skor manajemen risiko tidak diketahui karena {reason}.",
        "missing": "Yang belum diketahui: {items}.",
        "one_session": "Satu sesi saja belum cukup untuk menyimpulkan pengaruh emosi.",
    },
    "en": {
        "title": "Session of {day}.",
        "no_trades": "No trade is recorded in this session.",
        "none_counted": "No trade can be added up.",
        "result": "Net result: {net} from {trades} ({counts}).",
        "stated": "Another program stated {trades} and {net} for this session, without the trades themselves; "
        "the figures are given as stated and counted nowhere.",
        "stated_differs": "The program it comes from stated {trades} and {net}; "
        "counted here are the trades themselves.",
        "rates": "Win rate {win_rate}; profit factor {profit_factor}.",
        "rates_undefined": "Win rate {win_rate}; the profit factor is undefined because {reason}.",
        "best_worst": "Highest trade result: {best}; lowest: {worst}.",
        "strategies": "Highest strategy result: {best}; lowest: {worst}.",
        "one_strategy": "The only strategy recorded: {best}.",
        "mood": "Mood: {moods}.",
        "word": "The mood “{word}” was written by another program; when it was felt is not known.",
        "no_mood": "No mood was recorded.",
        "market": "Market: {market}.",
        "exits": "Exits: {exits}.",
        "risk_score": "Risk management score: {score} of 10.",
        "risk_held": "Risk management score: {score} of 10; no more than {most} because {reasons}.",
        "risk_unknown": "Risk management score: not known because {reason}.",
        "missing": "Not known: {items}.",
        "one_session": "One session does not show what emotions do.",
    },
}
_AMOUNTS: Final[dict[Language, tuple[str, str, str]]] = {
    "id": ("profit {amount}", "rugi {amount}", "impas"),
    "en": ("a profit of {amount}", "a loss of {amount}", "break-even"),
}
_COUNTS: Final[dict[Language, tuple[str, str, str]]] = {
    "id": ("{n} profit", "{n} rugi", "{n} impas"),
    "en": ("{n} won", "{n} lost", "{n} break-even"),
}
_EXITS: Final[dict[Language, tuple[str, str, str]]] = {
    "id": ("{n} kena stop loss", "{n} kena take profit", "{n} tidak tercatat kena stop loss maupun take profit"),
    "en": ("{n} at the stop loss", "{n} at the take profit", "{n} recorded as neither stop loss nor take profit"),
}
_STRENGTHS: Final[dict[Language, str]] = {"id": " (intensitas {n} dari 5)", "en": " (intensity {n} of 5)"}
_REASONS: Final[dict[Language, dict[str, str]]] = {
    "id": {
        "no_losses": "tidak ada trade yang rugi",
        "no_trades": "tidak ada trade",
        "only_break_even": "semua trade impas",
    },
    "en": {
        "no_losses": "no trade lost",
        "no_trades": "there is no trade",
        "only_break_even": "every trade broke even",
    },
}
_TIMINGS: Final[dict[Language, dict[Timing, str]]] = {
    "id": {
        "before": "dicatat sebelum trade pertama",
        "between": "dicatat di sela-sela trading",
        "after": "dicatat setelah trade terakhir, saat hasilnya sudah diketahui",
        "unknown": "waktu pencatatannya tidak diketahui",
    },
    "en": {
        "before": "recorded before the first trade",
        "between": "recorded between trades",
        "after": "recorded after the last trade, when the result was known",
        "unknown": "recorded at an unknown time",
    },
}
_MISSING: Final[dict[Language, dict[str, str]]] = {
    "id": {
        "mood": "mood sebelum trade pertama",
        "stop": "harga stop loss pada {n} trade",
        "strategy": "strategi pada {n} trade",
        "currency": "nilai {n} trade dalam {currency}, karena mata uangnya lain",
        "any_currency": "nilai {n} trade dalam mata uang lain",
        "amount": "hasil {n} trade yang angkanya tidak terbaca",
    },
    "en": {
        "mood": "the mood before the first trade",
        "stop": "the stop price of {trades}",
        "strategy": "the strategy of {trades}",
        "currency": "the value in {currency} of {trades} in another currency",
        "any_currency": "the value of {trades} in another currency",
        "amount": "the result of {trades} whose amount cannot be read",
    },
}
_EMOTIONS_ID: Final = {"percaya_diri": "percaya diri", "fomo": "FOMO"}
_MARKETS_ID: Final = {"volatile": "volatil", "berita": "ada berita"}


def sentences(facts: SessionFacts, language: Language) -> list[str]:
    """What is known of the session, then what is not; numbers written as the language writes them."""
    said = _Speaker(facts, language)
    return [*said.result(), *said.mood(), *said.exits(), *said.risk(), *said.not_known()]


class _Speaker:
    """Puts one session's facts into the sentences of one language."""

    def __init__(self, facts: SessionFacts, language: Language) -> None:
        self._facts = facts
        self._language = language

    def result(self) -> Iterator[str]:
        facts = self._facts
        yield self._say("title", day=numbers.long_day(facts.session_date, locale=self._language))
        yield from self._stated()
        if not facts.trades:
            if facts.stated is None:
                yield self._say("no_trades")
            return
        if facts.net is None:
            yield self._say("none_counted")
            return
        yield self._say(
            "result", net=self._amount(facts.net), trades=self._trades(facts.counted), counts=self._counts()
        )
        yield self._rates()
        if facts.best and facts.worst:
            yield self._say("best_worst", best=self._trade(facts.best), worst=self._trade(facts.worst))
        yield from self._strategies()

    def mood(self) -> Iterator[str]:
        facts = self._facts
        if facts.moods:
            yield self._say("mood", moods="; ".join(map(self._mood, facts.moods)))
        if facts.word is not None:
            yield self._say("word", word=self._emotion(facts.word))
        elif not facts.moods:
            yield self._say("no_mood")
        if facts.market is not None:
            yield self._say("market", market=self._market(facts.market))

    def exits(self) -> Iterator[str]:
        facts = self._facts
        if facts.trades:
            amounts = (facts.exits_at_stop, facts.exits_at_target, facts.exits_at_neither)
            yield self._say("exits", exits=self._those_there(_EXITS[self._language], amounts))

    def risk(self) -> Iterator[str]:
        facts = self._facts
        if facts.risk_score is None:
            if facts.trades and facts.risk_unscored is not None:
                yield self._say("risk_unknown", reason=risk.UNSCORED[self._language][facts.risk_unscored])
            return
        score = self._number(facts.risk_score)
        if not facts.risk_caps:
            yield self._say("risk_score", score=score)
            return
        most = self._number(min(CAPS[cap] for cap in facts.risk_caps))
        reasons = "; ".join(risk.CAPS[self._language][cap] for cap in facts.risk_caps)
        yield self._say("risk_held", score=score, most=most, reasons=reasons)

    def not_known(self) -> Iterator[str]:
        items = list(self._missing())
        if items:
            yield self._say("missing", items="; ".join(items))
        if self._facts.net is not None:
            yield self._say("one_session")

    def _stated(self) -> Iterator[str]:
        if self._facts.stated is not None:
            trades, net = self._facts.stated
            key = "stated_differs" if self._facts.trades else "stated"
            yield self._say(key, trades=self._trades(trades), net=self._amount(net))

    def _rates(self) -> str:
        facts, win_rate = self._facts, numbers.percent(self._facts.win_rate, locale=self._language)
        if facts.profit_factor is None:
            reason = _REASONS[self._language][facts.undefined["profit_factor"]]
            return self._say("rates_undefined", win_rate=win_rate, reason=reason)
        factor = numbers.number(facts.profit_factor, locale=self._language)
        return self._say("rates", win_rate=win_rate, profit_factor=factor)

    def _strategies(self) -> Iterator[str]:
        named = [f"{name}, {self._amount(net)}" for name, net in self._facts.strategies]
        if len(named) > 1:
            yield self._say("strategies", best=named[0], worst=named[-1])
        elif named:
            yield self._say("one_strategy", best=named[0])

    def _missing(self) -> Iterator[str]:
        facts, words = self._facts, _MISSING[self._language]
        if not facts.mood_before:
            yield words["mood"]
        other = "any_currency" if facts.currency is None else "currency"
        amounts = {
            "stop": facts.trades - facts.stop_known,
            "strategy": facts.without_strategy,
            other: facts.other_currency,
            "amount": facts.unreadable,
        }
        for key, amount in amounts.items():
            if amount:
                yield words[key].format(n=self._number(amount), trades=self._trades(amount), currency=facts.currency)

    def _say(self, key: str, **values: str) -> str:
        return _SENTENCES[self._language][key].format(**values)

    def _counts(self) -> str:
        facts = self._facts
        return self._those_there(_COUNTS[self._language], (facts.wins, facts.losses, facts.break_evens))

    def _those_there(self, words: tuple[str, ...], amounts: tuple[int, ...]) -> str:
        pairs = zip(words, amounts, strict=True)
        return ", ".join(word.format(n=self._number(amount)) for word, amount in pairs if amount)

    def _amount(self, amount: float) -> str:
        won, lost, even = _AMOUNTS[self._language]
        words = even if round(amount, 2) == 0 else won if amount > 0 else lost
        return words.format(amount=numbers.money(abs(amount), self._facts.currency, locale=self._language))

    def _trades(self, amount: int) -> str:
        plural = "s" if self._language == "en" and amount != 1 else ""
        return f"{self._number(amount)} trade{plural}"

    def _number(self, amount: int) -> str:
        return numbers.number(amount, 0, locale=self._language)

    def _trade(self, trade: Trade) -> str:
        assert trade.profit_loss is not None, "best and worst are among the trades whose result is known"
        named = " ".join(word for word in (trade.symbol, trade.side) if word)
        strategy = f" ({trade.strategy_used})" if trade.strategy_used else ""
        return f"{named}{strategy}, {self._amount(trade.profit_loss)}"

    def _mood(self, mood: MoodCheckin) -> str:
        told = "" if mood.intensity is None else _STRENGTHS[self._language].format(n=mood.intensity)
        return f"{self._emotion(mood.emotion)}{told}, {_TIMINGS[self._language][mood.timing]}"

    def _emotion(self, code: str) -> str:
        if self._language == "id":
            return _EMOTIONS_ID.get(code, code)
        known = labels.emotion(code)
        return known if known == code or known.isupper() else known.lower()

    def _market(self, code: str) -> str:
        return _MARKETS_ID.get(code, code) if self._language == "id" else labels.market(code).lower()

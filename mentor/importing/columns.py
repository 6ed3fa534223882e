"""The word list: which column names mean which field, in English and Indonesian; a broker-neutral table is recognised
by it. Add a word by adding it here, folded as `fold` does: lower case, letters and digits only, % = percent."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pyarrow as pa

from mentor.importing.currencies import currency_of, is_currency, is_sign
from mentor.importing.date_text import zone_minutes
from mentor.importing.extract import Asset, CostSign
from mentor.importing.numbers import read_numbers
from mentor.importing.sides import is_action, is_side

_KINDS: Mapping[Asset, str] = {
    "stock": "stock stocks share shares equity equities etf etfs saham",
    "option": "option options equityoption equityoptions stockoption stockoptions",
    "future": "future futures",
    "crypto": "crypto cryptocurrency",
    "cfd": "cfd cfds",
}


def _by_name(signs: Mapping[CostSign, tuple[str, ...]]) -> dict[str, CostSign]:
    return {word: sign for sign, lines in signs.items() for words in lines for word in words.split()}


#: Field → its column names, the surest first. The first name that a file has wins.
WORDS: Mapping[str, tuple[str, ...]] = {
    field: tuple(word for words in lines for word in words.split())
    for field, lines in {
        "symbol": (
            "symbol pair ticker instrument item asset currencypair tradingpair market underlying contract security",
            "product simbol pasangan pasanganmatauang instrumen aset kodesaham saham emiten",
        ),
        "side": (
            "side direction buysell longshort tradeside positionside arah arahposisi belijual marketpos marketposition",
            "action tradetype transactiontype positiontype type position aksi posisi tipe jenis jenistransaksi",
            "transaksi",
        ),
        "effect": ("positioneffect poseffect openclose openorclose opencloseindicator oc",),
        "asset": ("assetclass assettype assetcategory securitytype instrumenttype producttype sectype type",),
        "size": (
            "filledquantity filledqty fillquantity fillqty filledsize executedquantity executedqty executedsize filled",
            "lots lotsize lot volume quantity qty size closedquantity quantityclosed unitslots shares contracts",
            "ukuran ukuranlot jumlahlot volumelot kuantitas jumlah lembar",
            "positionsize tradesize units amount",
        ),
        "unit": ("units unit satuan",),
        "entry_time": (
            "entrytime opentime entrydatetime opendatetime openingtime timeopen openedat entrytimestamp opentimestamp",
            "timeentered entryat waktubuka waktumasuk waktuentry jambuka jammasuk open entry",
        ),
        "entry_date": (
            "entrydate opendate dateopened dateopen openingdate opened",
            "tanggalbuka tanggalmasuk tglbuka tglmasuk",
        ),
        "exit_time": (
            "exittime closetime exitdatetime closedatetime closingtime timeclose closedat exittimestamp closetimestamp",
            "timeexited exitat waktututup waktukeluar waktuexit jamtutup jamkeluar close exit",
        ),
        "exit_date": (
            "exitdate closedate dateclosed dateclose closingdate closed",
            "tanggaltutup tanggalkeluar tgltutup tglkeluar",
        ),
        "time": (
            "exectime executiontime executedtime executedat filltime filledtime filledat timefilled tradetime",
            "datetime timestamp dateandtime dateortime time waktu jam",
        ),
        "date": ("date tradedate transactiondate executiondate filldate day tanggal tgl tanggaltransaksi hari",),
        "entry_price": (
            "entryprice openprice priceopen openingprice avgentryprice averageentryprice avgopenprice entry open",
            "hargabuka hargamasuk hargaentry hargapembukaan",
        ),
        "exit_price": (
            "exitprice closeprice priceclose closingprice avgexitprice averageexitprice avgcloseprice exit close",
            "hargatutup hargakeluar hargaexit hargapenutupan",
        ),
        "price": (
            "fillprice avgfillprice averagefillprice filledprice avgfilledprice filledavgprice executionprice",
            "avgexecutionprice execprice executedprice avgprice averageprice tradeprice price harga",
        ),
        "net_profit": (
            "netpnl netpl netprofit netprofitloss netprofitandloss netrealizedpnl netgainloss pnlnet plnet profitnet",
            "netreturn net lababersih untungbersih keuntunganbersih labarugibersih profitbersih",
        ),
        "profit": (
            "grosspnl grosspl grossprofit grossprofitloss gross pnl pl profitloss profitandloss profit",
            "realizedpnl realizedpl realizedprofit realizedprofitloss realisedpnl realisedpl closedpnl closedpl",
            "return tradepnl gainloss labarugi untungrugi laba untung keuntungan keuntungankerugian labakotor hasil",
        ),
        "gross": ("grossamount grossvalue tradevalue notional notionalvalue",),
        "amount": ("netamount netcash netvalue netproceeds",),
        "stop": ("sl stoploss stop stopprice stoplossprice initialstop hargastop hargasl batasrugi",),
        "target": ("tp takeprofit target targetprice takeprofitprice hargatarget hargatp targetprofit",),
        "risk_percent": ("riskpercent riskpercentage risikopercent risikopersen resikopercent riskpct",),
        "strategy": ("strategy strategyused setup system playbook strategi strategiyangdigunakan polasetup",),
        "notes": (
            "notes note comment comments remarks journal catatan komentar keterangan notizen bemerkungen kommentar",
            "commentaire commentaires remarques notas comentario comentarios comentários annotazioni opmerkingen uwagi",
        ),
        "emotion": (
            "emotion emotions mood moods feeling feelings emotionalstate mentalstate emotionbefore emotionsbefore",
            "emosi perasaan suasanahati kondisiemosi emotionen gefühl gefühle gefuehl gefuehle stimmung laune",
            "émotion émotions humeur ressenti emoción emoções emociones emocion emoção estadodeánimo estadodeanimo",
            "emozione emozioni umore statodanimo sentimento sentimenti sentimentos sentimiento sentimientos humor",
            "nastrój nastroj emocje emotie emoties gevoel gevoelens stemming duygu настроение эмоции",
            "情绪 心情 感情 気分",
        ),
        "mistakes": ("mistake mistakes kesalahan fehler erreur erreurs errores errori erro erros fouten błędy bledy",),
        "tags": ("tag tags label labels etiquetas étiquettes etichette schlagworte schlagwörter tagi",),
        "followed_plan": (
            "followedplan followplan planfollowed followedrules rulesfollowed followedtheplan followedmyplan",
            "ikutrencana sesuairencana mengikutirencana planbefolgt planeingehalten regelneingehalten planrespecté",
            "plansuivi planseguido seguíelplan planrespetado pianoseguito pianorispettato planoseguido plangevolgd",
        ),
        "account": ("account accountid accountnumber accountname login akun nomorakun rekening",),
        "currency": ("currency ccy profitcurrency pnlcurrency accountcurrency matauang",),
        "fee_currency": (
            "feecurrency feescurrency feecoin feeasset feeunit commissioncurrency commissionasset commissioncoin",
        ),
        "external_id": (
            "ticket tradeid dealid transactionid tradenumber tiket nomortiket notiket idtransaksi idtrade",
        ),
        "status": ("status orderstatus tradestatus",),
        "shared_id": ("positionid orderid ordernumber order idorder nomororder idposisi",),
    }.items()
}
#: Costs, by how their sign is read (see `CostSign`): a file may have several such columns and all of them count.
COSTS: Mapping[str, CostSign] = _by_name(
    {
        "detect": (
            "commission commissions commision commisions comm commissionamount commissionfee brokerage komisi",
            "tax taxes pajak levy",
        ),
        "paid": (
            "fees fee biaya biayatransaksi biayalain otherfees otherfee tradingfee tradingfees exchangefee",
            "exchangefees feesandcommission feesandcommissions commissionandfees commissionsandfees commissionfees",
            "clearingfee clearingfees nfafee nfafees ipfee routefee regulatoryfee regulatoryfees",
        ),
        "flow": ("swap swaps rollover overnight overnightinterest financing biayainap bungainap",),
    }
)
#: Sums of the columns above: counted only where none of those stands beside them.
TOTAL_COSTS: Mapping[str, CostSign] = _by_name(
    {"paid": ("totalfees totalfee totalcommission totalcost totalcosts costs cost totalbiaya",)}
)
#: Names of what was paid for the trade, or for the position itself: the cells tell.
COSTS_OR_WORTH = frozenset(("cost", "costs", "totalcost", "totalcosts"))
#: Up to this share of what was traded is a fee; a position costs what it is worth, or as much times a contract's size.
LARGEST_FEE, WORTHS = 0.05, (1, 10, 100, 1_000, 100_000)
#: The kinds of cost a person may name columns for.
NAMED_COSTS: Mapping[str, CostSign] = {"commission": "detect", "fees": "paid", "swap": "flow"}
#: What was traded, in words that leave no doubt what a point of it is worth.
ASSETS: Mapping[str, Asset] = {word: asset for asset, words in _KINDS.items() for word in words.split()}
#: Whether a fill opens or closes a position.
EFFECTS: Mapping[str, str] = {
    **dict.fromkeys(("o", "open", "opening", "toopen"), "open"),
    **dict.fromkeys(("c", "close", "closing", "toclose"), "close"),
}
#: Sizes that say how much of an order was filled.
FILLED = frozenset(WORDS["size"][: WORDS["size"].index("lots")])
#: Names that mean a side only when the cells below do.
LOOSE_SIDES = frozenset(WORDS["side"][WORDS["side"].index("action") :])

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_DATE = re.compile(r"^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|.*\d:\d\d")
_ENDING = re.compile(r"[\s_]([A-Z]{3,5}|[A-Z]{0,2}[^\w\s%)\]])$")


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for words in lines for word in words.split())


#: Field → the remarks behind its name, in brackets or as a last word in capitals, that do not change what the column
#: holds. With any other remark (pips, %, R, ticks …) a column of these fields is not used. Costs have the key `cost`.
REMARKS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("size", "unit"), _words("lot lots unit units share shares contract contracts qty quantity volume")
    ),
    **dict.fromkeys(
        ("entry_price", "exit_price", "price", "stop", "target"),
        _words("price level avg average harga time local localtime server servertime"),
    ),
    **dict.fromkeys(
        ("profit", "net_profit", "gross", "amount", "cost"),
        _words("gross realized realised closed money amount accountcurrency beforefees beforecosts matauangakun"),
    ),
    "risk_percent": _words("percent ofaccount ofbalance ofequity percentofaccount percentofbalance percentofequity"),
    "currency": frozenset(),
}
#: Remarks that make a profit a net one.
NET = _words("net bersih afterfees afterfee aftercommission aftercommissions aftercosts")
#: Fields in which a currency behind the name is reassuring; behind a size it tells a value, not a size.
MONEY_FIELDS = frozenset(("profit", "net_profit", "gross", "amount", "entry_price", "exit_price", "price"))
#: Fields whose columns may stand twice with different cells.
FREE_TEXTS = frozenset(("strategy", "notes", "emotion", "mistakes", "tags", "followed_plan", "unit"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One recognised column: its place, the header as written, and what the header says beside the name."""

    at: int
    header: str
    word: str
    zone: str | None = None
    currency: str | None = None
    money: bool = False  # the header names a currency, be it one of several: `$`


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which column is what; `costs` with their sign; `unused` are headers nothing was found for.

    `twins` are pairs of one name, the first of which is used: they cannot both be right unless their cells agree.
    `unsure` are columns that may be costs, or what the position was worth; `left` are those behind `unused`.
    """

    fields: Mapping[str, Found]
    costs: tuple[tuple[Found, CostSign], ...]
    unused: tuple[str, ...]
    twins: tuple[tuple[Found, Found], ...]
    unsure: tuple[Found, ...] = ()
    left: tuple[Found, ...] = ()


def recognise(headers: Sequence[str], sample: Sequence[Sequence[str]]) -> Layout:
    """Find the fields in a header row; `sample` rows help where a name alone does not say it."""
    named = [_read_header(at, header) for at, header in enumerate(headers)]
    by_word: dict[str, list[Found]] = defaultdict(list)
    for found in named:
        by_word[found.word].append(found)
    fields = _choose(by_word, sample)
    taken = {found.at for found in fields.values()}
    left = [found for found in named if found.at not in taken]
    kinds = {found.at: _kind_of_cost(found, fields, sample) for found in left}
    costs = _costs(found for found in left if kinds[found.at] == "fee")
    taken |= {found.at for found, _ in costs}
    rest = tuple(found for found in named if found.at not in taken and found.header)
    chosen = [found for field, found in fields.items() if field not in FREE_TEXTS]
    chosen += [found for found, _ in costs]
    twins = _twins(chosen, [found for found in named if found.at not in taken], sample)
    unsure = () if costs else tuple(found for found in left if kinds[found.at] == "unsure")
    unused = tuple(found.header for found in rest)
    return Layout(fields=fields, costs=costs, unused=unused, twins=twins, unsure=unsure, left=rest)


def named(at: int, header: str, *, money: bool) -> Found:
    """A column a person named; the header says only which zone its times, or currency its `money`, are in."""
    word, remark = _without_remark(header.strip())
    zone = remark if remark and zone_minutes(remark) is not None else None
    money = money and is_currency(remark)
    return Found(
        at=at, header=header.strip(), word=word, zone=zone, currency=currency_of(remark) if money else None, money=money
    )


def known_names(cells: Iterable[str]) -> int:
    """How many of the cells of a row are column names we know: what makes a row a header row."""
    return len({word for cell in cells if (word := _read_header(0, cell).word) in _ALL_WORDS})


def fold(header: str) -> str:
    """`'Entry Date'`, `'EntryDate'` → `'entrydate'`; `'S / L'` → `'sl'`; `'Risk %'` → `'riskpercent'`."""
    text = unicodedata.normalize("NFKC", header).casefold().replace("%", "percent")
    return re.sub(r"[\W_]", "", text)


def _read_header(at: int, header: str) -> Found:
    """The folded name, '' for one we do not know, and what the unit or zone in brackets or behind it says."""
    header = header.strip()
    whole = Found(at=at, header=header, word=fold(header))
    if whole.word in _ALL_WORDS and not any(map(is_sign, header)):
        return whole
    word, remark = _without_remark(header)
    fields = _FIELDS.get(word, frozenset())
    if fields & _TIMES and remark and zone_minutes(remark) is not None:
        return replace(whole, word=word, zone=remark)
    if fields and is_currency(remark) and not _is_worth(word, fields):
        return replace(whole, word=word, currency=currency_of(remark), money=True)
    if "profit" in fields and fold(remark) in NET:
        return replace(whole, word=WORDS["net_profit"][0])
    harmless = _is_harmless(fields, fold(remark)) and not is_currency(remark)
    return replace(whole, word=word if harmless else "")


def _without_remark(header: str) -> tuple[str, str]:
    """A header without what stands in brackets or behind it, folded, and that remark."""
    remark = " ".join(_BRACKETS.findall(header)).strip()
    bare = _BRACKETS.sub("", header)
    if (ending := _ENDING.search(bare)) and not remark:
        remark, bare = ending[1], bare[: ending.start()]
    word = fold(bare)
    for zone in ("utc", "gmt"):
        if word not in _ALL_WORDS and word.endswith(zone):
            word, remark = word.removesuffix(zone), "UTC"
    return word, remark


def _is_worth(word: str, fields: frozenset[str]) -> bool:
    """Whether a currency behind the name turns it into a sum of money: `Stop Loss ($)` is no price, `Amount ($)` no
    size."""
    level = fields & {"stop", "target"} and not re.search("price|harga", word)
    return bool(level) or "risk_percent" in fields or word == "amount"


def _is_harmless(fields: frozenset[str], remark: str) -> bool:
    """Whether a column named so is what its bare name says. Remarks behind names of text and times are."""
    measured = fields & REMARKS.keys()
    return bool(fields) and (not measured or not remark or any(remark in REMARKS[field] for field in measured))


def _choose(by_word: Mapping[str, list[Found]], sample: Sequence[Sequence[str]]) -> dict[str, Found]:
    """The first name that a file has wins; of profits the first with a currency behind it."""
    fields: dict[str, Found] = {}
    taken: set[int] = set()
    for field, words in WORDS.items():
        named = [found for word in words for found in by_word.get(word, ()) if found.at not in taken]
        fitting = [found for found in named if _fits(field, found, sample)]
        preferred = [found for found in fitting if found.money == (field in MONEY_FIELDS)]
        if fitting:
            fields[field] = (preferred or fitting)[0]
            taken.add(fields[field].at)
    _split_twins(fields, by_word)
    return fields


def _fits(field: str, found: Found, sample: Sequence[Sequence[str]]) -> bool:
    cells = [row[found.at] for row in sample if found.at < len(row) and row[found.at].strip()]
    if field == "side" and found.word in LOOSE_SIDES:
        return any(is_side(cell) or is_action(cell) for cell in cells)
    if found.word in ("open", "close", "entry", "exit"):
        return field.endswith("time") == any(_DATE.match(cell) for cell in cells)
    if field in ("asset", "effect"):
        meanings = ASSETS if field == "asset" else EFFECTS
        return any(fold(cell) in meanings for cell in cells)
    if found.word in ("return", "netreturn"):
        return found.money or any(is_sign(letter) for cell in cells for letter in cell)
    if found.word in ("units", "amount", "filled"):
        return field == "unit" or any(cell.strip("-+$ ")[:1].isdigit() for cell in cells)
    return True


def _split_twins(fields: dict[str, Found], by_word: Mapping[str, list[Found]]) -> None:
    """Two columns of one name, as MetaTrader writes them (Time … Price … Time … Price): first entry, then exit."""
    for field in ("time", "price"):
        found = fields.get(field)
        twins = by_word.get(found.word, []) if found else []
        if len(twins) == 2 and not {f"entry_{field}", f"exit_{field}"} & fields.keys():
            fields[f"entry_{field}"], fields[f"exit_{field}"] = twins
            del fields[field]


def _twins(
    chosen: Iterable[Found], left: Iterable[Found], sample: Sequence[Sequence[str]]
) -> tuple[tuple[Found, Found], ...]:
    """Pairs of a column in use and one left over with the same name and remark."""
    return tuple(
        (one, other)
        for other in left
        for one in chosen
        if replace(one, at=other.at, header=other.header) == other and _may_be_side(other, sample)
    )


def _may_be_side(found: Found, sample: Sequence[Sequence[str]]) -> bool:
    """Not a second Type column that says something else altogether."""
    return found.word not in LOOSE_SIDES or _fits("side", found, sample)


def _kind_of_cost(
    found: Found, fields: Mapping[str, Found], sample: Sequence[Sequence[str]]
) -> Literal["fee", "worth", "unsure"]:
    """Whether a column called Cost holds fees or what the positions were worth, which price and size tell."""
    if found.word not in COSTS_OR_WORTH:
        return "fee"
    price = next((fields[name] for name in ("entry_price", "price", "exit_price") if name in fields), None)
    if price is None or "size" not in fields:
        return "unsure"
    places = {"cost": found.at, "price": price.at, "size": fields["size"].at}
    cells = {name: [row[at] if at < len(row) else "" for row in sample] for name, at in places.items()}
    read = read_numbers({name: pa.array(column, pa.string()) for name, column in cells.items()}, decimal_unsure=False)
    worth = np.abs(read["price"].values * read["size"].values)
    paid = np.abs(read["cost"].values[worth > 0] / worth[worth > 0])
    paid = paid[~np.isnan(paid)]
    if (paid <= LARGEST_FEE).all():
        return "fee"
    return "worth" if all(np.isclose(share, WORTHS, rtol=LARGEST_FEE).any() for share in paid) else "unsure"


def _costs(named: Iterable[Found]) -> tuple[tuple[Found, CostSign], ...]:
    """Every name counts once; the column with a currency behind the name is the surer one."""
    named = list(named)
    for words in (COSTS, TOTAL_COSTS):
        first: dict[tuple[str, str | None], Found] = {}
        for found in (found for found in named if found.word in words):
            if found.money or not any(other.money and other.word == found.word for other in named):
                first.setdefault((found.word, found.currency), found)
        if first:
            return tuple((found, words[found.word]) for found in first.values())
    return ()


_FIELDS: Mapping[str, frozenset[str]] = {
    word: frozenset(field for field, words in WORDS.items() if word in words)
    for word in (word for words in WORDS.values() for word in words)
} | dict.fromkeys([*COSTS, *TOTAL_COSTS], frozenset(("cost",)))
_ALL_WORDS = _FIELDS.keys()
_TIMES = frozenset(("entry_time", "entry_date", "exit_time", "exit_date", "time", "date"))

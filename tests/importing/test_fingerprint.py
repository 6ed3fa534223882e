"""The fingerprint is a promise to every journal in use: these values must never change."""

from __future__ import annotations

from tests.importing.files import GOOD, HEADER, read


def prints(text: str, **options: object) -> list[str]:
    return read(text, **options).trades["fingerprint"].tolist()


def test_it_is_the_same_in_every_release() -> None:
    assert prints(HEADER + GOOD) == ["3f9bc5a69ebe60e19dc6a592afba8c32"]


def test_it_does_not_depend_on_zone_spelling_or_other_columns() -> None:
    plain = prints(HEADER + GOOD)

    assert prints(HEADER + GOOD, source_timezone="America/New_York") == plain
    assert prints(HEADER + GOOD.replace("0.10", "+0.1").replace("buy", "Long").replace("-", ".")) == plain
    assert (
        prints((HEADER + GOOD).replace(",", ";").replace("1.1", "1,1").replace("0.", "0,").replace("10.5", "10,5"))
        == plain
    )
    assert prints(HEADER.strip() + ",Notes,Commission\n" + GOOD.strip() + ",a,-1\n") == plain


def test_every_stated_value_changes_it() -> None:
    rows = [GOOD] + [
        GOOD.replace(old, new)
        for old, new in [
            ("EURUSD", "eurusd"), ("buy", "sell"), ("0.10", "0.11"), ("10:00", "10:01"), ("11:00", "11:01"),
            ("1.1000", "1.1001"), ("1.1010", "1.1011"), ("10.50", "10.51"),
        ]
    ]  # fmt: skip

    found = prints(HEADER + "".join(rows))

    assert len(set(found)) == len(rows)
    assert {len(text) for text in found} == {32}
    assert len({text[:2] for text in found}) == 1, "one file, one shape"


def test_another_set_of_columns_is_another_shape() -> None:
    other = prints("Symbol,Date,Lots,Profit\nEURUSD,2024-01-02,0.1,10.5\n")

    assert other[0][:2] != prints(HEADER + GOOD)[0][:2]

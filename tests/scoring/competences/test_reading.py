"""A register is read whole or not at all, and every row at fault is named with what would be right."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from workbench import competences, messages, model
from workbench.errors import TableError

HEAD = "id,country,territory_id,level,authority,regime,sectors,functions,kind,source,strength,valid_from,valid_to\n"
GOOD = 'a-1,XX,,local,elected,,health; education,decide;implement,shared,"Law 5, art. 2",verified,1991-10,\n'


def read(*lines: str):
    return competences.read_competences(io.StringIO(HEAD + "".join(lines)))


def test_a_row_becomes_one_assignment_a_sector_and_function():
    found = read(GOOD, "a-2,NA,na-w,,,,housing,finance,none,Law 6,unchecked,2000,2010-06-30\n")
    assert found["id"].tolist() == [
        "a-1:health:decide", "a-1:health:implement", "a-1:education:decide", "a-1:education:implement",
        "a-2:housing:finance",
    ]  # fmt: skip
    first, last = found.iloc[0], found.iloc[-1]
    assert first[["rule_id", "level", "source"]].tolist() == ["a-1", "local", "Law 5, art. 2"]
    assert last[["country", "territory_id", "valid_to"]].tolist() == ["NA", "na-w", "2010-06-30"]
    assert pd.isna(first["territory_id"])
    assert pd.isna(last["level"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("b,XX,,local,,,helth,decide,shared,Law,verified,,\n", r"3: sectors=helth \(health\?\)"),
        ("b,XX,,local,,,health,decides,shared,Law,verified,,\n", r"3: functions=decides \(decide\?\)"),
        ("b,XX,,local,,,health,decide,sharing,Law,verified,,\n", r"3: kind=sharing \(shared\?\)"),
        ("b,XX,,city,,,health,decide,shared,Law,verified,,\n", r"3: level=city \(national, regional, local\?\)"),
        ("b,XX,,local,elect,,health,decide,shared,Law,verified,,\n", r"3: authority=elect \(elected\?\)"),
        ("b,XX,,local,,special,health,decide,shared,Law,verified,,\n", r"3: regime=special \(special_statute\?\)"),
        ("b,XX,,local,,,health,decide,shared,Law,sure,,\n", "3: strength=sure"),
        ("b,xx,,local,,,health,decide,shared,Law,verified,,\n", "3: country=xx"),
        ("b,XX,xx-t,local,,,health,decide,shared,Law,verified,,\n", "3: territory_id=xx-t, level=local"),
        ("b,XX,,,,,health,decide,shared,Law,verified,,\n", "3: territory_id=, level="),
        ("b,XX,xx-t,,elected,,health,decide,shared,Law,verified,,\n", "3: territory_id=xx-t, authority=elected"),
        ("b,XX,,local,,,,decide,shared,Law,verified,,\n", "3: sectors="),
        ("b,XX,,local,,,health,decide,shared,,verified,,\n", "3: source="),
        (",XX,,local,,,health,decide,shared,Law,verified,,\n", "3: id="),
        ("a-1,XX,,local,,,housing,decide,shared,Law,verified,,\n", r"3: id=a-1 \(= 2\)"),
        ("b,XX,,local,elected,,health,decide,shared,Law,verified,1991-10,\n", r"3: health, decide \(= 2\)"),
        ("b,XX,,local,,,health,decide,shared,Law,verified,1991-13,\n", "3: valid_from=1991-13"),
        ("b,XX,,local,,,health,decide,shared,Law,verified,,2021-02-30\n", "3: valid_to=2021-02-30"),
        ("b,XX,,local,,,health,decide,shared,Law,verified,2012-05,2012-04\n", "valid_from=2012-05 > valid_to=2012-04"),
    ],
)
def test_a_row_at_fault_is_named_with_column_and_nearest_value(line, said):
    with pytest.raises(TableError, match=said):
        read(GOOD, line)


def test_all_rows_at_fault_are_named_at_once_ten_at_most():
    bad = [f"b{n},XX,,local,,,health{n},decide,shared,Law,verified,,\n" for n in range(12)]
    with pytest.raises(TableError, match=r"Entries at fault: 12\. By row: 3: ") as caught:
        read(GOOD, *bad)
    assert caught.value.sentence().endswith("Nothing was taken over.")
    assert "12: sectors=health9" in caught.value.sentence()
    assert "13: " not in caught.value.sentence()
    for language in messages.LANGUAGES:
        assert "3: sectors=health0 (health?)" in caught.value.sentence(language)


def test_a_table_that_is_none_is_refused(tmp_path):
    with pytest.raises(TableError, match=r"table\.csv: The table cannot be read"):
        competences.read_competences(tmp_path / "table.csv")
    with pytest.raises(TableError, match="strength"):
        competences.read_competences(io.StringIO(HEAD.replace("strength,", "")))
    (tmp_path / "latin.csv").write_bytes(HEAD.encode() + b"a,XX,,local,,,health,decide,shared,Ley \xf1,verified,,\n")
    with pytest.raises(TableError, match=r"latin\.csv"):
        competences.read_kinds(tmp_path / "latin.csv")
    assert read().empty


def test_kinds_are_read_and_refused_in_the_same_way():
    head = "territory_id,authority,regime,source,strength,valid_from,valid_to\n"
    found = competences.read_kinds(io.StringIO(head + "xx-t,elected,capital,Law 7,verified,2015,\n"))
    assert found.to_dict("records")[0]["regime"] == "capital"
    bad = "xx-t,elected body,capital,Law 7,verified,last year,\n,elected,ordinary,Law,verified,,\n"
    said = r"2: authority=elected body \(elected\?\); 2: valid_from=last year; 3: territory_id="
    with pytest.raises(TableError, match=said):
        competences.read_kinds(io.StringIO(head + bad))


def test_the_declared_columns_are_those_of_the_entity():
    fields = set(model.CompetenceAssignment.__slots__)
    assert fields == set(model.COMPETENCES.columns)
    assert set(model.TerritoryKind.__slots__) == set(model.TERRITORY_KINDS.columns)

"""A corrected document: which provision is which of the earlier version."""

from workbench.model import VERSION_MATCHES, rows
from workbench.reading import read_bytes
from workbench.segmenting import segment, versions

ARTICLES = [
    "The commune keeps a register of everybody who lives in it, whatever their papers say.",
    "The mayor opens a desk for newcomers and pays for an interpreter twice a week.",
    "Each school takes children in at any time of the year and gives lessons in the language.",
    "The state pays the communes for the desks by the end of March, by number of inhabitants.",
]


def law(*articles: str, name: str = "law.txt"):
    text = "\n\n".join(f"Article {number}. Duty\n\n{article}" for number, article in enumerate(articles, 1))
    return segment(read_bytes(name, text.encode())).provisions


def how(old, new) -> list[tuple[str, str, str]]:
    matches = VERSION_MATCHES.check(versions.match_versions(old, new))
    tail = lambda identity: identity.partition("#")[2] if isinstance(identity, str) else "-"  # noqa: E731 - two uses
    return sorted((tail(row.old_id), tail(row.new_id), row.how) for row in rows(matches))


def test_a_corrected_text_keeps_its_numbers_matched_by_id():
    new = law(ARTICLES[0], ARTICLES[1].replace("twice", "three times"), *ARTICLES[2:])
    assert how(law(*ARTICLES), new) == [(n, n, "id") for n in "1234"]


def test_an_article_inserted_before_others_does_not_inherit_what_was_said_of_them():
    old, new = (
        law(*ARTICLES),
        law(ARTICLES[0], "A wholly other sentence about fees of the market stands here.", *ARTICLES[1:]),
    )
    assert how(old, new) == [
        ("-", "2", "new"),
        ("1", "1", "id"),
        ("2", "3", "text"),
        ("3", "4", "text"),
        ("4", "5", "text"),
    ]
    kept = versions.keep_ids(old, new, versions.match_versions(old, new), "doc")
    old_ids = list(old["id"])
    assert list(kept["id"]) == [old_ids[0], "doc#2", *old_ids[1:]]
    again = versions.keep_ids(old, new, versions.match_versions(old, new), old["document_id"][0])
    assert again["id"][1] == f"{old['document_id'][0]}#2~2"


def test_an_article_that_is_gone_is_listed_and_its_id_is_not_given_to_another():
    old, new = law(*ARTICLES), law(ARTICLES[0], ARTICLES[2], ARTICLES[3])
    assert how(old, new) == [("1", "1", "id"), ("2", "-", "gone"), ("3", "2", "text"), ("4", "3", "text")]
    kept = versions.keep_ids(old, new, versions.match_versions(old, new), old["document_id"][0])
    assert list(kept["id"]) == [old["id"][0], old["id"][2], old["id"][3]]


def test_the_same_text_matches_itself_whole():
    assert {row[2] for row in how(law(*ARTICLES), law(*ARTICLES))} == {"id"}

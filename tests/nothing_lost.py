"""Whether provisions and panel are together the whole text; for several tests."""

from workbench.model import Document, Segmentation, rows


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def what_is_lost(document: Document, found: Segmentation) -> list[str]:
    """Return a line for each provision that says other letters than its place, and for each letter nowhere or twice."""
    owner = [""] * len(document.text)
    faults = []
    for row in rows(found.quality[found.quality["check"].str.startswith("outside_")]):
        for place in range(row.start, row.end):
            if owner[place]:
                faults.append(f"twice outside at {place}")
            owner[place] = "outside"
    for row in rows(found.provisions):
        own = []
        for low, high in ((row.start, row.end), *row.also):
            for place in range(low, high):
                if owner[place] == "outside":
                    continue
                if owner[place]:
                    faults.append(f"{row.id} takes letters of {owner[place]}")
                owner[place] = row.id
                own.append(document.text[place])
        # A title may be printed above its number.
        said = [letters(f"{row.label}{row.heading}{row.text}"), letters(f"{row.heading}{row.label}{row.text}")]
        if letters("".join(own)) not in said:
            faults.append(f"{row.id} says other words than its place")
    nowhere = "".join(sign for sign, whose in zip(document.text, owner, strict=True) if not whose)
    return [*faults, *([f"nowhere: {letters(nowhere)[:80]}"] if letters(nowhere) else [])]

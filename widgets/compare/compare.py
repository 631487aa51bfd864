"""Local and national provisions side by side, with the suggested matches of the chosen one and a place to judge."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class CompareView(Part):
    """Two documents side by side, the matches of the chosen provision joined by ribbons, and judging by click or key.

    `selection` names the chosen provision; set it to lead the reader there, with `with` to a pair. `verdicts` and
    `pairs` hold what the reader said; they are read here and set through the project.
    Messages sent: `judge_card` (card, uptake, conflict, carried_by, confidence, reason, evidence, round, sent),
    `judge_pair` (local, national, relation_type, relation, relation_back, confidence, reason, evidence, round, sent),
    `commitment` (id, calls_for_local), `repeat` (commitment, provision, said), `undo`,
    `texts` (ids), `search` (side, query).
    Messages heard: `kept` (key, sent), once what was sent under that number is saved; `texts` (texts by id), for the
    rows in sight; `found` (side, query, ids).
    """

    _esm = module(
        __file__, "evidence.js", "rows.js", "pairs.js", "queue.js", "verdict.js", "statements.js", "sides.js",
        "virtual.js", "together.js", "ribbons.js", "filters.js", "place.js", "pane.js", "matches.js", "judging.js",
    )  # fmt: skip
    _css = style(__file__)
    national = traitlets.Dict(
        help="National side, without texts: title, territory, documents [{id, title}], parts [name], columns and "
        "rows; a row has id, number, heading, part (its place in parts), document (its place in documents), "
        "page (0: none), language, sectors, alone (1: no counterpart is likely)."
    ).tag(sync=True)
    local = traitlets.Dict(help="Local side, in the same form.").tag(sync=True)
    sectors = traitlets.Dict(help="Names of the sectors that occur, by code.").tag(sync=True)
    localities = traitlets.List(help="Other localities of the same nation: [{id, name}].").tag(sync=True)
    beside = traitlets.List(
        help="Localities whose answers are read beside those of the territory judged: their ids; may be set."
    ).tag(sync=True)
    answers = traitlets.Dict(
        help="What they answer to the chosen national provision: id, places [{territory, verdict (the reader's own), "
        "matches [{id, number, heading, text, score, there, …}]}]."
    ).tag(sync=True)
    cards = traitlets.Dict(
        help="Commitments by national provision id: card, audit (its audit card, or ''), commitment, "
        "calls, importance, candidates."
    ).tag(sync=True)
    repeats = traitlets.List(
        help="Further statements of commitments: [main provision, provision, 'proposed' or 'one', commitment]."
    ).tag(sync=True)
    verdicts = traitlets.Dict(help="The reader's own verdicts by card id.").tag(sync=True)
    others = traitlets.Dict(
        help="By card id, what others said of cards that the reader has judged, in sentences; nothing before that."
    ).tag(sync=True)
    pairs = traitlets.Dict(help="The reader's own pair judgements by 'local id|national id'.").tag(sync=True)
    selection = traitlets.Dict(
        help="The chosen provision: side ('national' or 'local') and id; with = the counterpart looked at; "
        "audit = true where its audit card is judged. May be set."
    ).tag(sync=True)
    queue = traitlets.List(
        help="What the reader is to judge, in order: card, id (national provision), round, audit (truth)."
    ).tag(sync=True)
    calibration = traitlets.Unicode("", help="How the calibration round stands, a sentence, '' without one.").tag(
        sync=True
    )
    may_judge = traitlets.Bool(True, help="The reader may judge; viewers and strangers only read.").tag(sync=True)
    marks = traitlets.Dict(
        help="The matches of the chosen provision: id, audit, matches [{id, score 0-1}], texts by id; then the terms "
        "in common, here [[start, end]], there {id: [[start, end]]}, why {id: {common, precedent, copied}}, sentences; "
        "is_weak: likely none of them is a counterpart."
    ).tag(sync=True)
    types = traitlets.List(help="Relation types, in order.").tag(sync=True)
    round = traitlets.Int(0, help="Grows when what was sent before is void, so that the view forgets it.").tag(
        sync=True
    )
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)

"""Local and national provisions side by side, with the suggested matches of the chosen one and a place to judge."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class CompareView(Part):
    """Two panes of provisions, the matches between them, and judging by click or key.

    `selection` names the chosen provision; set it to lead the reader there.
    Messages sent: `judge_card` (card, uptake, conflict, carried_by, confidence, reason, evidence, round, sent),
    `judge_pair` (local, national, relation_type, relation, relation_back, confidence, reason, evidence, round, sent),
    `commitment` (id, calls_for_local), `document` (side, id),
    `repeat` (commitment, provision, said), `undo`.
    Message heard: `kept` (key, sent), once what was sent under that number is saved.
    """

    _esm = module(__file__, "evidence.js", "rows.js", "pairs.js", "queue.js", "verdict.js", "statements.js")
    _css = style(__file__)
    national = traitlets.Dict(
        help="National side: title, document, documents [{id, title}], provisions [{id, number, heading, part, text, "
        "pages, language, document_id}]."
    ).tag(sync=True)
    local = traitlets.Dict(help="Local side, in the same form.").tag(sync=True)
    links = traitlets.List(help="Suggested links: [local id, national id, rank, score 0-1, probability].").tag(
        sync=True
    )
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
        help="The chosen provision: side ('national' or 'local') and id; audit = true where its audit card is judged."
    ).tag(sync=True)
    queue = traitlets.List(
        help="What the reader is to judge, in order: card, id (national provision), round, audit (truth)."
    ).tag(sync=True)
    calibration = traitlets.Unicode("", help="How the calibration round stands, a sentence, '' without one.").tag(
        sync=True
    )
    may_judge = traitlets.Bool(True, help="The reader may judge; viewers and strangers only read.").tag(sync=True)
    marks = traitlets.Dict(
        help="Terms shared with the matches: id, here [[start, end]], there {id: [[start, end]]}, "
        "why {id: {common, precedent, copied}}, sentences; is_weak: likely none of them is a counterpart."
    ).tag(sync=True)
    types = traitlets.List(help="Relation types, in order.").tag(sync=True)
    round = traitlets.Int(0, help="Grows when what was sent before is void, so that the view forgets it.").tag(
        sync=True
    )
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)

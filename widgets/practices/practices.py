"""What to do next: findings with their evidence and what was decided, practices with their path, who could use them."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class PracticesView(Part):
    """Findings to decide about, a register of practices, and what a ministry could take up.

    Messages sent: `decide` (id, status, reason, owner, due, level, sent), `keep` (id of a proposal, sent), `enter`
    (register, id, entry, seen, sent), `strike` (register, id, seen, sent), `who` (practice), `ministry` (least).
    Message heard: `kept` (sent, is_kept, is_entry, stale), once what was sent under that number is saved or refused;
    `stale` (register, id, text, entry, seen) is what somebody else said meanwhile. `seen` are the versions that a
    form was opened with.
    """

    _esm = module(__file__, "../entries.js", "deciding.js", "findings.js", "path.js", "using.js")
    _css = style(__file__)
    findings = traitlets.List(
        help="Findings in order: id, kind, title, do, severity, confidence (words), actors, level, status, reason, "
        "owner, due, action_level, said, is_late, is_found, evidence [{role, document, label, page, quote, provision}]."
    ).tag(sync=True)
    hidden = traitlets.Int(0, help="Findings that would tell what others said of cards this reader has to judge.").tag(
        sync=True
    )
    practices = traitlets.List(
        help="Practices: id, name, place, is_near, problem, done, since, effect, conditions, source, strength, status, "
        "steps [{status, is_reached, date}], copied, lacks, path [{event, date, who, what, strength, source, after, "
        "provision, is_ours, entry}], entry (as a form holds it)."
    ).tag(sync=True)
    proposals = traitlets.List(help="Practices proposed from local innovations: id, name, done, provision.").tag(
        sync=True
    )
    users = traitlets.Dict(
        help="Who could use a practice: practice, state ('', 'busy', 'done'), places [{id, name, similarity and known "
        "in percent, severity, gaps, features [{feature, there, here, likeness, weight, part in percent}]}]."
    ).tag(sync=True)
    ministry = traitlets.Dict(
        help="Innovations of several territories: state, nation, least, rows [{name, places, practices, provisions "
        "[{id, place, title, territory}], likeness}]."
    ).tag(sync=True)
    options = traitlets.Dict(help="What forms offer: territories, documents, and values.").tag(sync=True)
    cited = traitlets.Dict(help="How provisions that entries rest on are called, by id.").tag(sync=True)
    blank = traitlets.Dict(help="A practice as a form begins it.").tag(sync=True)
    may_decide = traitlets.Bool(True, help="The reader may decide; viewers and strangers only read.").tag(sync=True)
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)

"""The questionnaire, one question a screen: answers with their evidence, what is missing, and a page to look over."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class QuestionnaireView(Part):
    """One question a screen, and the answers of one respondent.

    `item` names the question shown ('' = the opening page, 'review' = all answers); `form`, `side`, `item` and `basis`
    may be set to lead the reader. `answers` holds what the store has kept, and nobody else's.
    Messages sent: `answer` (item, basis, level, document, provision, page, link, note, reason), `accept` (item,
    provision, level); both with token (the same one twice counts once), seen (the version the reader saw; null = on top
    of the message before), round and sent. `find` (key, query, document).
    Message heard: `kept` (sent), once what was sent under that number is saved.
    """

    _esm = module(__file__, "saving.js", "evidence.js", "question.js", "review.js", "opening.js")
    _css = style(__file__)
    questions = traitlets.List(
        help="What this side is asked in this form: item, dimension, dimension_name, kind (level, open), question, "
        "explanation, levels (five anchors, 0-4), paper (truth: also asked on paper)."
    ).tag(sync=True)
    words = traitlets.Dict(
        help="What else people read of the questionnaire: title, introduction, terms {word: meaning}, ladder, "
        "answers {label: text}."
    ).tag(sync=True)
    counts = traitlets.Dict(help="Questions of each form for this side: form → number.").tag(sync=True)
    form = traitlets.Enum(["short", "full"], "short", help="22 questions or all of them.").tag(sync=True)
    side = traitlets.Enum(["local", "national"], "local", help="The side the respondent speaks for.").tag(sync=True)
    is_side_fixed = traitlets.Bool(False, help="The project says which side the respondent stands on.").tag(sync=True)
    item = traitlets.Unicode("", help="The question shown, e.g. 'D3'; '' = opening page, 'review' = all.").tag(
        sync=True
    )
    basis = traitlets.Enum(
        ["practice", "paper"], "practice", help="Which answer to the item: what happens, or what rules and plans say."
    ).tag(sync=True)
    answers = traitlets.Dict(
        help="The respondent's own answers: item → basis → {level (0-4, 'not_applicable', 'do_not_know', null = words "
        "alone), document, provision, page, place (the evidence in words), link, note, reason, side, lacks_evidence, "
        "version}."
    ).tag(sync=True)
    suggestions = traitlets.Dict(
        help="What documents suggest, never counted: item → [{low, high, sentence, language, document, provision, "
        "page, place}]."
    ).tag(sync=True)
    documents = traitlets.List(help="Documents to cite: id, title, pages (0 = it has none).").tag(sync=True)
    hits = traitlets.Dict(
        help="Places found in their text: key ('item|basis' that asked), query, count, rows [{document, provision, "
        "page, place, text, language}]."
    ).tag(sync=True)
    project = traitlets.Unicode("", help="Key of the open project.").tag(sync=True)
    territory = traitlets.Unicode("", help="Id of the local territory that is asked about.").tag(sync=True)
    place = traitlets.Dict(help="Names of the territory and of its nation: local, national.").tag(sync=True)
    respondent = traitlets.Unicode("", help="Who answers, '' while no name was given.").tag(sync=True)
    may_answer = traitlets.Bool(True, help="The reader may answer; viewers and strangers only read.").tag(sync=True)
    round = traitlets.Int(0, help="Grows when what was sent before is void, so that the view forgets it.").tag(
        sync=True
    )
    is_ready = traitlets.Bool(False, help="The data are there.").tag(sync=True)

"""Exercises: a list of them, and one seen by a participant. Of the panel it knows what the reader may know now."""

from __future__ import annotations

import traitlets

from widgets.part import Part, module, style


class TrainingView(Part):
    """An exercise seen by a participant; nothing of the panel is in a trait before one's own answer is kept.

    Messages sent: `enter` (exercise, learner: a number of the browser) once on a page, `open` (exercise), `close`;
    `answer` (item, value, id), `hint` (item, number, id), `retry` (item, id). The same id twice counts once.
    """

    _esm = module(__file__, "fields.js", "feedback.js", "review.js", "exercise.js")
    _css = style(__file__)
    catalogue = traitlets.List(
        help="Exercises to choose from: id, title, goal, kind, level, minutes, language, items, done (answered)."
    ).tag(sync=True)
    exercise = traitlets.Dict(help="What is shown, as `wb.training.public` gives it; {} = the list.").tag(sync=True)
    answers = traitlets.Dict(help="What is kept: item → {field: value}.").tag(sync=True)
    feedback = traitlets.Dict(help="What is said to items answered: item → `wb.training.feedback`.").tag(sync=True)
    hints = traitlets.Dict(help="Hints asked for so far: item → texts.").tag(sync=True)
    overall = traitlets.Dict(help="Agreement of the first answers with the panel, `wb.training.overall`; {}.").tag(
        sync=True
    )
    sent = traitlets.Dict(help="Number of the last submit kept: item → id.").tag(sync=True)
    refused = traitlets.Dict(help="The last answer that was refused: item, id, text.").tag(sync=True)
    state = traitlets.Dict(help="paused, revealed (truths), round, item that everybody is led to.").tag(sync=True)
    turn = traitlets.Int(0, help="Grows when any of these has changed as a whole.").tag(sync=True)
    is_listed = traitlets.Bool(True, help="A list of exercises lies behind the one shown.").tag(sync=True)
    is_ready = traitlets.Bool(False, help="The exercises are read.").tag(sync=True)

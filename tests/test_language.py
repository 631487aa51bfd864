"""Which language a document is in, and which of its passages are in another one."""

import pytest

from workbench.language import detect, of_passage

TEXTS = {
    "en": "The council shall keep the register open for every person who asks for it and may not turn anybody away.",
    "es": "El municipio abrirá el registro a las personas que lo pidan y no podrá negarlo por falta de papeles.",
    "fr": "La commune ouvre le registre à toutes les personnes qui le demandent et ne peut pas le leur refuser.",
    "it": "Il comune apre il registro a tutte le persone che lo chiedono e non può negarlo per la mancanza di carte.",
    "pt": "O município abre o registo a todas as pessoas que o peçam e não pode negá-lo por falta de papéis.",
    "de": "Die Gemeinde öffnet das Register für alle Personen, die es wünschen, und darf sich nicht weigern.",
    "ca": "El municipi obre el registre a les persones que ho demanen i no ho pot negar així com els drets.",
    "nl": "De gemeente houdt het register open voor een ieder die het vraagt en kan dit niet weigeren bij het loket.",
    "sw": "Halmashauri itatunza daftari kwa ajili ya kila mtu anayeomba na haitamkataa mtu kwa kukosa hati katika mji.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_of_each_language_is_told(language):
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize("language", TEXTS)
def test_a_passage_in_another_language_than_its_document_is_told(language):
    default = "en" if language != "en" else "es"
    assert of_passage(TEXTS[language], default) == language


def test_a_short_or_mixed_passage_keeps_the_language_of_its_document():
    assert of_passage("Acuerdo de Escazú", "en") == "en"
    quoting = f"The Act called “{TEXTS['es'][:40]}” is repealed, and the council shall not use it in its offices."
    assert of_passage(quoting, "en") == "en"

"""The questionnaire: its items, its words in four languages, its version. Nothing comes in, QUESTIONS go out.

A folder of one's own (another language, other items) is checked by the same rules as the shipped one.
"""

from workbench.asking.checking import check_questionnaire
from workbench.asking.listing import Item, item_of, items, version
from workbench.asking.wording import Wording, questionnaire, questionnaire_words

__all__ = [
    "Item",
    "Wording",
    "check_questionnaire",
    "item_of",
    "items",
    "questionnaire",
    "questionnaire_words",
    "version",
]

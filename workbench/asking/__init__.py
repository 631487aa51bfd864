"""The questionnaire: its items, its words in four languages, its version. Nothing comes in, QUESTIONS go out.

A folder of one's own (another language, other items) is checked by the same rules as the shipped one.
"""

from workbench.asking.checking import check_questionnaire
from workbench.asking.items import Item, items, item_of, version
from workbench.asking.wording import Wording, questionnaire, wording

__all__ = ["Item", "Wording", "check_questionnaire", "item_of", "items", "questionnaire", "version", "wording"]

"""Exercises that teach to judge vertical coherence. A folder comes in; what to show, to answer, to say goes out.

The workshop and the page keep answers, and ask for feedback only after one.
"""

from workbench.training.agreeing import agreement as agreement
from workbench.training.agreeing import distribution as distribution
from workbench.training.agreeing import main_field as main_field
from workbench.training.agreeing import overall as overall
from workbench.training.answering import checked as checked
from workbench.training.exercise import Exercise as Exercise
from workbench.training.keeping import keep_progress as keep_progress
from workbench.training.keeping import kept_progress as kept_progress
from workbench.training.reading import check_exercise as check_exercise
from workbench.training.reading import exercises as exercises
from workbench.training.reading import read_exercise as read_exercise
from workbench.training.results import dividing as dividing
from workbench.training.results import invented_results as invented_results
from workbench.training.results import read_results as read_results
from workbench.training.showing import hint as hint
from workbench.training.showing import notes as notes
from workbench.training.showing import public as public
from workbench.training.teaching import feedback as feedback

# What the browser needs to show an exercise, read by `resources.interface` and joined in this order.
SCRIPTS = ("part.js", "training/fields.js", "training/feedback.js", "training/review.js", "training/exercise.js")
STYLES = ("theme.css", "training/training.css")

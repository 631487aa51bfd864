"""Charts of results, made with Altair; for notebooks and reports. Results come in, charts with their words go out.

Every chart holds its figures itself (nothing is fetched), says them in words in its `description`, in the language
asked, and gives them back as a table: `table(chart)`.
"""

from workbench.publishing.charts.dimensions import ladder, profile, sides
from workbench.publishing.charts.doubt import shares, tornado
from workbench.publishing.charts.drawing import MOST_ROWS, table
from workbench.publishing.charts.many import ranks
from workbench.publishing.charts.parts import gaps, waterfall

__all__ = ["MOST_ROWS", "gaps", "ladder", "profile", "ranks", "shares", "sides", "table", "tornado", "waterfall"]

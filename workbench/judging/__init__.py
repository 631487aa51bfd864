"""Links and commitments come in, cards, panel values and agreement go out."""

from workbench.judging.agreement import card_agreement as card_agreement
from workbench.judging.alpha import Alpha as Alpha
from workbench.judging.alpha import krippendorff_alpha as krippendorff_alpha
from workbench.judging.audit import Missed as Missed
from workbench.judging.audit import draw_audit as draw_audit
from workbench.judging.audit import missed as missed
from workbench.judging.classes import classes as classes
from workbench.judging.panel import panel as panel
from workbench.judging.panel import panel_relations as panel_relations
from workbench.judging.panel import panel_value as panel_value
from workbench.judging.panel import trimmed_mean as trimmed_mean

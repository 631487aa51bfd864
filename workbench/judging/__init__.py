"""Links and commitments come in, cards, panel values and agreement go out."""

from workbench.judging.agreement import card_agreement as card_agreement
from workbench.judging.alpha import Alpha as Alpha
from workbench.judging.alpha import krippendorff_alpha as krippendorff_alpha
from workbench.judging.assigning import assign as assign
from workbench.judging.assigning import calibrate as calibrate
from workbench.judging.assigning import progress as progress
from workbench.judging.assigning import queue as queue
from workbench.judging.assigning import second_readings as second_readings
from workbench.judging.audit import Missed as Missed
from workbench.judging.audit import draw_audit as draw_audit
from workbench.judging.audit import missed as missed
from workbench.judging.calibrating import Calibration as Calibration
from workbench.judging.calibrating import band as band
from workbench.judging.calibrating import calibration as calibration
from workbench.judging.classes import classes as classes
from workbench.judging.panel import panel as panel
from workbench.judging.panel import panel_relations as panel_relations
from workbench.judging.panel import panel_value as panel_value
from workbench.judging.panel import trimmed_mean as trimmed_mean
from workbench.judging.settling import differences as differences
from workbench.judging.settling import disclosed as disclosed
from workbench.judging.settling import needs_adjudication as needs_adjudication
from workbench.judging.settling import settled as settled

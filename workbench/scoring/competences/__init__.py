"""A register of competences and a day come in; what a territory may do, what may be asked of it, its peers go out."""

from workbench.scoring.competences.applying import ACTING as ACTING
from workbench.scoring.competences.applying import Applied as Applied
from workbench.scoring.competences.applying import Competence as Competence
from workbench.scoring.competences.applying import applying as applying
from workbench.scoring.competences.applying import competence as competence
from workbench.scoring.competences.asking import asked as asked
from workbench.scoring.competences.asking import states as states
from workbench.scoring.competences.peers import peer_groups as peer_groups
from workbench.scoring.competences.reading import COLUMNS as COLUMNS
from workbench.scoring.competences.reading import read_competences as read_competences
from workbench.scoring.competences.reading import read_kinds as read_kinds

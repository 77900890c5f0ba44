"""Mapa: the process with what waits and how long it takes on each task; a task leads to its cases."""

from core.figures import elements
from ui.analysis import home, map_section
from ui.analysis.frame import enter

study = enter("mapa")
frame = study.computed(elements.compute)
study.end_when_empty(len(frame))
map_section.draw(study, frame)
home.panel(study)

"""Mapa: the process with the queue and the duration of each task; a task links to its cases."""

from core.figures.pages import process_map
from ui.analysis import evidence_panel
from ui.analysis.page import enter
from ui.analysis.pages import process_map as process_map_page

study = enter("mapa")
frame = study.computed(process_map.compute)
study.end_when_empty(len(frame))
process_map_page.draw(study, frame)
evidence_panel.panel(study)

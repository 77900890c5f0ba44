"""Every figure of the catalogue on a database, as JSON; also run as a script by another copy of the product.

python all_figures.py sqlite:///path/to.db 1774000000000
"""

import json
import sys
from typing import Any

from core.figures.base.evidence import FigureRef, evidence_of, question_of
from core.figures.catalogue import FIGURES, everything
from core.process.terms import PROCESS_ROLES, Kind
from core.queries.selection import Selection
from core.store.database import Database


def all_figures(url: str, now: int) -> dict[str, Any]:
    """The roles and kinds, and per selection of cases every page's figures with the counts behind them."""
    computed: dict[str, Any] = {"roles": list(PROCESS_ROLES), "kinds": list(Kind)}
    choices = {"all": Selection(), "in phase 2": Selection(phase=2), "before": Selection(as_of=now - 1)}
    db = Database(url)
    with db.reading() as connection:
        for name, selection in choices.items():
            computed[name] = everything(connection, selection, now)
            for code, figure in FIGURES.items():
                evidence = evidence_of(connection, figure, question_of(connection, FigureRef(code), selection, now))
                computed[name][f"behind {code}"] = {**evidence.counts, **evidence.excluded}
    db.engine.dispose()
    as_json: dict[str, Any] = json.loads(json.dumps(computed))
    return as_json


if __name__ == "__main__":
    print(json.dumps(all_figures(sys.argv[1], int(sys.argv[2]))))

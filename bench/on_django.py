"""Setting up Django for Viewflow in this process, on a SQLite file with the same durability as the other variants."""

from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

APPS = ["django.contrib.contenttypes", "django.contrib.auth", "viewflow", "viewflow.workflow", "bench"]
OPTIONS = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", "transaction_mode": "IMMEDIATE"}


def viewflow(folder: Path) -> Any:
    """A fresh `bench.on_viewflow.OnViewflow`; its module can be imported once Django is set up."""
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "viewflow.db"), "OPTIONS": OPTIONS}
    settings.configure(
        INSTALLED_APPS=APPS,
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    return import_module("bench.on_viewflow").OnViewflow()

"""Everything the program can show, each a way to get there."""

from __future__ import annotations

from tests.ui import (
    views_consents,
    views_first_start,
    views_gate,
    views_import,
    views_papers,
    views_pupils,
    views_settings,
    views_window,
)
from tests.ui.stage import VIEWS, Stage, View

__all__ = ["VIEWS", "Stage", "View"]

_ = (  # each registers its views
    views_gate,
    views_first_start,
    views_window,
    views_pupils,
    views_consents,
    views_papers,
    views_import,
    views_settings,
)

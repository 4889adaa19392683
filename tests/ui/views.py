"""Everything the program can show, each a way to get there."""

from __future__ import annotations

from tests.ui import (
    views_all_year,
    views_calendar,
    views_channels,
    views_consents,
    views_contact_lists,
    views_disagreements,
    views_evidence,
    views_first_start,
    views_gate,
    views_import,
    views_letters,
    views_okr,
    views_papers,
    views_photos,
    views_publications,
    views_pupils,
    views_settings,
    views_sharing,
    views_stack,
    views_suppliers,
    views_team,
    views_window,
    views_year_begin,
    views_year_round,
    views_year_steps,
)
from tests.ui.stage import VIEWS, Stage, View

__all__ = ["VIEWS", "Stage", "View"]

_ = (  # each registers its views
    views_gate,
    views_first_start,
    views_window,
    views_pupils,
    views_consents,
    views_contact_lists,
    views_disagreements,
    views_team,
    views_year_begin,
    views_year_round,
    views_year_steps,
    views_evidence,
    views_papers,
    views_all_year,
    views_channels,
    views_publications,
    views_photos,
    views_import,
    views_settings,
    views_letters,
    views_okr,
    views_calendar,
    views_sharing,
    views_stack,
    views_suppliers,
)

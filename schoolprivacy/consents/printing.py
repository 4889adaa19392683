"""How every paper of consents is made: see ``letters.printing``, which every register uses."""

from __future__ import annotations

from schoolprivacy.letters.letterhead import made, school_paper
from schoolprivacy.letters.printing import (
    SAMPLES,
    Deliver,
    Draft,
    Job,
    LeftOut,
    Outlet,
    PaperCount,
    Prepare,
    Printed,
    PrintRun,
    Progress,
    Whom,
    count_paper,
    names_on_list,
    print_paper,
    pupils_to_print,
    sample_paper,
    sift,
)

__all__ = [
    "SAMPLES",
    "Deliver",
    "Draft",
    "Job",
    "LeftOut",
    "Outlet",
    "PaperCount",
    "Prepare",
    "PrintRun",
    "Printed",
    "Progress",
    "Whom",
    "count_paper",
    "made",
    "names_on_list",
    "print_paper",
    "pupils_to_print",
    "sample_paper",
    "school_paper",
    "sift",
]

"""What a register answers: what somebody must do, and what it keeps on a child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolprivacy.errors import sentence


class Urgency(StrEnum):
    """How soon something must be done; in this order on the overview."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


class Target(StrEnum):
    """Where somebody does it; the windows map it to a screen and a filter."""

    FIRST_START = "first_start"
    SCHOOL = "school"
    USERS = "users"
    PAPER_KEY = "paper_key"
    BACKUPS = "backups"
    PUPILS_WITHOUT_GUARDIANS = "pupils_without_guardians"
    PUPILS_NOT_ASKED = "pupils_not_asked"
    REMINDERS = "reminders"
    CONFLICTS = "conflicts"
    EXPIRED = "expired"
    UNKNOWN_AUTHORITY = "unknown_authority"
    TAKE_DOWN = "take_down"
    CHANNELS = "channels"
    SHARING = "sharing"
    LIST_COPIES = "list_copies"
    LAS = "las"
    STARTING = "starting"
    OKR = "okr"
    SUPPLIERS = "suppliers"
    APP_WISHES = "app_wishes"
    PARENTS_LIST = "parents_list"


class DueKind(StrEnum):
    """What there is to do."""

    SCHOOL_DATA = "school_data"
    PAPER_KEY = "paper_key"
    NO_BACKUP = "no_backup"
    CONFLICTS = "conflicts"
    FAMILIES_LATE = "families_late"
    ASK_AGAIN = "ask_again"
    NEVER_ASKED = "never_asked"
    STARTING = "starting"
    UNKNOWN_AUTHORITY = "unknown_authority"
    WITHOUT_GUARDIANS = "without_guardians"
    LAS_CHANGES = "las_changes"
    ONE_PERSON = "one_person"
    NO_SECOND_PLACE = "no_second_place"
    FIRST_START = "first_start"
    FAMILIES_WAITED_FOR = "families_waited_for"
    TAKE_DOWNS = "take_downs"
    LIST_COPIES = "list_copies"
    SHARINGS_ENDING = "sharings_ending"
    SHARINGS_UNANSWERED = "sharings_unanswered"
    CHANNELS_WITHOUT_PURPOSE = "channels_without_purpose"
    CHANNELS_TO_REVIEW = "channels_to_review"
    OKR_LATE = "okr_late"
    OKR_THIS_WEEK = "okr_this_week"
    SUPPLIERS_NOT_IN_ORDER = "suppliers_not_in_order"
    SUPPLIERS_DELETION = "suppliers_deletion"
    SUPPLIERS_LATE = "suppliers_late"
    SUPPLIERS_COMING = "suppliers_coming"
    APP_WISHES = "app_wishes"
    SUPPLIERS_INCOMPLETE = "suppliers_incomplete"
    SUPPLIERS_UNREAD = "suppliers_unread"


@dataclass(frozen=True, slots=True)
class Due:
    """Something that must be done.

    :param count: how many, never 0
    """

    kind: DueKind
    count: int
    urgency: Urgency
    target: Target

    @property
    def title(self) -> str:
        """What it is, to be read behind the count."""
        return sentence(f"due.{self.kind}")

    @property
    def explanation(self) -> str:
        """Why it matters, and what to do."""
        return sentence(f"due_why.{self.kind}")


@dataclass(frozen=True, slots=True)
class Kept:
    """One value that is kept on a child.

    :param table, column: where it stands
    :param record: which record of that table it is of; the same for values that belong together
    """

    table: str
    column: str
    record: str
    value: str


class MomentKind(StrEnum):
    """What stands on the year planner; each has its own sign."""

    FREE = "free"
    ROUND = "round"
    OKR = "okr"
    MR = "mr"
    ENDS = "ends"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or period that belongs on the year planner, which hangs where anybody may read it.

    :param first, last: first and last day
    :param title: never names a child, a family or who gets data of one
    """

    first: date
    last: date
    title: str
    kind: MomentKind

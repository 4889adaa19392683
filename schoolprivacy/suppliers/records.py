"""Tables of suppliers, their products and papers, and of who else gets data."""

from __future__ import annotations

import sqlalchemy as sa

from schoolprivacy.vault.tables import metadata


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _days(*names: str) -> list[sa.Column[str]]:
    """Days that may be unknown."""
    return [sa.Column(name, sa.Text) for name in names]


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.Text, primary_key=True)


def _of(column: str, name: str, *, key: bool = False, known: bool = True) -> sa.Column[str]:
    """A reference to a row of another table."""
    to = sa.ForeignKey(f"{name}.id")
    return sa.Column(column, sa.Text, to, primary_key=key, nullable=not (known or key))


def _number(name: str = "number") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True)


supplier = sa.Table(
    "supplier",
    metadata,
    _id(),
    *_texts("name", "convenant", "contact", "email", "phone", "address", "website", "remark"),
)

supplier_product = sa.Table(
    "supplier_product",
    metadata,
    _id(),
    _of("supplier_id", "supplier"),
    *_texts("name", "kind", "used_for", "used_by"),
    *_days("since"),
    *_texts("sensitive", "dpia"),
    *_days("dpia_on"),
    *_texts("dpia_why", "pseudonym", "pseudonym_why"),
    *_days("last_day"),
    *_texts("stopped_why"),
    *_days("deleted_on"),
    *_texts("deleted_how", "made_on"),
    _of("made_by", "staff"),
)

supplier_basic = sa.Table(
    "supplier_basic",
    metadata,
    _of("product_id", "supplier_product", key=True),
    sa.Column("basic", sa.Text, primary_key=True),
    *_texts("answer", "note"),
)

supplier_agreement = sa.Table(
    "supplier_agreement",
    metadata,
    _id(),
    _of("supplier_id", "supplier"),
    *_texts("model", "version", "begins_on"),
    *_days("ends_on", "school_signed_on"),
    *_texts("school_signed_by"),
    *_days("supplier_signed_on"),
    *_texts("supplier_signed_by"),
    *_days("reviewed_on"),
    _of("replaces", "supplier_agreement", known=False),
    *_days("last_day"),
    *_texts("ended_why", "mistake", "recorded_on"),
    _of("recorded_by", "staff"),
)

supplier_agreement_product = sa.Table(
    "supplier_agreement_product",
    metadata,
    _of("agreement_id", "supplier_agreement", key=True),
    _of("product_id", "supplier_product", key=True),
)

supplier_bijsluiter = sa.Table(
    "supplier_bijsluiter",
    metadata,
    _id(),
    _of("product_id", "supplier_product"),
    *_texts("version", "issued_on", "description", "retention", "recorded_on"),
    _of("recorded_by", "staff"),
)

supplier_bijsluiter_line = sa.Table(
    "supplier_bijsluiter_line",
    metadata,
    _of("bijsluiter_id", "supplier_bijsluiter", key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    _number(),
    *_texts("line"),
    sa.Column("ticked", sa.Integer, nullable=False),
    *_texts("safeguard"),
)

supplier_bijsluiter_data = sa.Table(
    "supplier_bijsluiter_data",
    metadata,
    _of("bijsluiter_id", "supplier_bijsluiter", key=True),
    _number("option"),
    _number(),
    *_texts("category", "detail"),
)

supplier_sub_processor = sa.Table(
    "supplier_sub_processor",
    metadata,
    _of("bijsluiter_id", "supplier_bijsluiter", key=True),
    _number(),
    *_texts("name", "task", "country", "safeguard"),
)

supplier_annex = sa.Table(
    "supplier_annex",
    metadata,
    _id(),
    _of("product_id", "supplier_product"),
    *_texts("version", "issued_on", "measures", "availability", "integrity", "confidentiality"),
    *_texts("audit", "breach_contact"),
    sa.Column("breach_hours", sa.Integer),
    *_texts("recorded_on"),
    _of("recorded_by", "staff"),
)

supplier_certificate = sa.Table(
    "supplier_certificate",
    metadata,
    _of("annex_id", "supplier_annex", key=True),
    _number(),
    *_texts("name"),
    *_days("ends_on"),
)

supplier_evidence = sa.Table(
    "supplier_evidence",
    metadata,
    _id(),
    _of("supplier_id", "supplier"),
    _of("product_id", "supplier_product", known=False),
    *_texts("paper"),
    _of("attachment_id", "attachment"),
    *_texts("about", "added_on"),
    _of("added_by", "staff"),
)

recipient = sa.Table(
    "recipient",
    metadata,
    _id(),
    *_texts("name", "kind", "what", "why", "ground"),
    *_days("since", "last_day"),
)

supplier_publication = sa.Table(
    "supplier_publication",
    metadata,
    _id(),
    *_texts("published_on", "place", "recorded_at"),
    _of("recorded_by", "staff"),
)

supplier_published = sa.Table(
    "supplier_published",
    metadata,
    _of("publication_id", "supplier_publication", key=True),
    sa.Column("of", sa.Text, primary_key=True),
    *_texts("said"),
)

app_wish = sa.Table(
    "app_wish",
    metadata,
    _id(),
    *_texts("asked_by", "asked_on", "app", "used_for", "used_by", "data"),
    sa.Column("granted", sa.Integer),
    *_texts("reason"),
    *_days("decided_on"),
    _of("decided_by", "staff", known=False),
    _of("product_id", "supplier_product", known=False),
)

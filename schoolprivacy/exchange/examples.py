"""A few values of each column, by which a person recognises what it holds."""

from __future__ import annotations

import re

from schoolprivacy.exchange.columns import understand
from schoolprivacy.exchange.spreadsheet import choose_table, headers_of
from schoolprivacy.exchange.synonyms import squeeze
from schoolprivacy.exchange.tables import Table
from schoolprivacy.exchange.values import read_flag, take_secret

_MOST = 3
_WITHIN = 50  # rows
_SECRET_HEADER = re.compile("geheim|afgescherm|afscherm|secret")


def examples_of(tables: list[Table]) -> dict[str, tuple[str, ...]]:
    """Header → some of its values, from the sheet that is read.

    Never of a column that is set aside by itself, nor from a row with a secret.
    """
    table, header_row = choose_table(tables)
    headers = headers_of(table.rows, header_row)
    secret = [bool(_SECRET_HEADER.search(squeeze(header))) for header in headers]
    rows = table.rows[header_row + 1 :][:_WITHIN]
    shown = [row for row in rows if not _has_secret(row, secret)]
    found = {}
    for index, header in enumerate(headers):
        meaning = understand(header)
        if not (meaning and meaning.set_aside):
            values = (row[index] for row in shown if index < len(row))
            found[header] = tuple(dict.fromkeys(filter(None, values)))[:_MOST]
    return found


def values_of(headers: list[str], rows: list[list[str]]) -> dict[str, tuple[str, ...]]:
    """Header → some of its values, of a list in which nobody keeps a secret."""
    shown = rows[:_WITHIN]
    return {
        header: tuple(
            dict.fromkeys(row[index] for row in shown if index < len(row) and row[index])
        )[:_MOST]
        for index, header in enumerate(headers)
    }


def _has_secret(texts: list[str], secret: list[bool]) -> bool:
    """Whether a row keeps something secret, or may do so: what is unclear counts."""
    return any(
        take_secret(text)[1] or (hides and read_flag(text) is not False)
        for text, hides in zip(texts, secret, strict=False)
        if text
    )

"""The PDF kit: page, letterhead, running text, tables, box pairs, QR, fonts, preview.

Every document is a function from plain data to bytes; nothing here knows a store. All measures
are millimetres from the top left of A4 unless a name says points.
"""

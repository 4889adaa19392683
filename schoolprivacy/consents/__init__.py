"""Consent: asked for, answered, withdrawn; each purpose apart."""

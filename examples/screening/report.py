"""The report: one page that needs nothing beside itself."""

from __future__ import annotations

from html import escape
from pathlib import Path

import sections
from facts import Facts

STYLE = Path(__file__).with_name("page.css")


def page(facts: Facts) -> str:
    """The whole page as HTML."""
    parts = (
        sections.head,
        sections.enriched,
        sections.scores,
        sections.molecules,
        sections.account,
        sections.care,
        sections.sources,
    )
    title = f"Screening {escape(facts.target.name)}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head><body><main>"
        + "".join(part(facts) for part in parts)
        + "</main></body></html>\n"
    )

"""What tables are made of."""

from rich.table import Table
from rich.text import Text

from bot.cli.terminal import plain


def cell(text: str, style: str = "") -> Text:
    """Return foreign text for a cell: no markup is read in it."""
    return Text(plain(text), style=style)


def table(*headings: str) -> Table:
    made = Table(show_lines=False, pad_edge=False, header_style="bold", title_style="bold")
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made

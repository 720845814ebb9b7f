"""How the workbook looks: colours, number formats, and cells that can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gguplan.language import _, current_language

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

BLUE: Final = "#154273"
PALE: Final = "#E8EEF5"
LINE: Final = "#B7C3D0"
GREY: Final = "#5B6670"
INPUT: Final = "#FFF6CC"

GRID: Final = {"visible": True, "line": {"color": "#D5DCE4", "width": 0.75}}
"""The lines behind the bars of a chart."""

_BASE: Final[dict[str, Any]] = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}

_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 16, "font_color": BLUE},
    "section": {"bold": True, "font_size": 12, "font_color": BLUE},
    "note": {"font_color": GREY, "text_wrap": True, "valign": "top"},
    "line": {"bottom": 1, "bottom_color": LINE},
    "right": {"bottom": 1, "bottom_color": LINE, "align": "right"},
    "indented": {"bottom": 1, "bottom_color": LINE, "indent": 1},
    "wrapped": {"bottom": 1, "bottom_color": LINE, "text_wrap": True, "valign": "top"},
    "cell": {"bottom": 1, "bottom_color": LINE, "text_wrap": True},
    "label": {"bottom": 1, "bottom_color": LINE, "font_color": GREY, "valign": "top"},
    "heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": BLUE, "text_wrap": True, "valign": "bottom"},
    "indented_heading": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": BLUE,
        "text_wrap": True,
        "valign": "bottom",
        "align": "left",
        "indent": 1,
    },
    "number_heading": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": BLUE,
        "text_wrap": True,
        "valign": "bottom",
        "align": "right",
    },
    "block": {"bold": True, "font_color": BLUE, "bg_color": PALE, "left": 2, "left_color": BLUE},
    "result": {"bold": True, "bottom": 1, "bottom_color": LINE, "bg_color": PALE},
    "total": {"bold": True, "top": 2, "top_color": BLUE, "bg_color": PALE},
    "input": {"locked": False, "bg_color": INPUT, "font_color": "#1F3FBF", "bottom": 1, "bottom_color": LINE},
    "choice": {"locked": False, "bg_color": INPUT, "font_color": "#1F3FBF", "bold": True, "font_size": 14, "border": 1},
    "large": {"bold": True, "font_size": 14, "font_color": BLUE},
    "link": {"font_color": BLUE, "underline": 1, "bottom": 1, "bottom_color": LINE},
}


class Styles:
    """The formats of one workbook, made where they are first asked for."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str], Format] = {}

    def get(self, look: str = "line", number: str = "") -> Format:
        """The format of a look and, for a number, of what it is: see `number_formats`."""
        key = (look, number)
        if key not in self._made:
            properties = {**_BASE, **_LOOKS[look]}
            if number:
                properties["num_format"] = number_formats()[number]
                properties.setdefault("align", "right")
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def axis_format() -> str:
    """The format of the amounts along a chart."""
    return number_formats()["count"]


def number_formats() -> dict[str, str]:
    """Amounts, counts and shares. The locale stands in each format, so that LibreOffice writes its points and commas
    in whatever language it runs; Excel writes those of the machine."""
    if current_language() == "nl":
        locale = "[$-413]"
        euro, minus = f'{locale}"€ "', f'{locale}-"€ "'
    else:
        locale = "[$-809]"
        euro, minus = f'{locale}"€"', f'{locale}-"€"'
    return {
        "euros": f"{euro}#,##0.00;{minus}#,##0.00",
        "about": f"{euro}#,##0;{minus}#,##0",
        "rate": f"{euro}#,##0.0000;{minus}#,##0.0000",
        "count": f"{locale}#,##0",
        "cents": f"{locale}#,##0;{locale}-#,##0",
        "share": f"{locale}0.0%",
        "units": f"{locale}#,##0.0###",
        "exact_share": f"{locale}0.0#####%",
        "decimal": f"{locale}0.0###",
        "percent": '0" %";0" %";"' + _("none") + '"',
        "yes": f'[=1]"{_("yes")}";[=0]"{_("no")}";0',
        "right": f'[=1]"{_("right")}";[=0]"{_("WRONG")}";0',
        "year": "0",
    }

"""The sheet of requested corridors as workbook, CSV and GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from cmcoord_geo.export.corridor_rows import ANSWER, TABLE, both, head_row, rows, window_said
from cmcoord_geo.i18n import LANGS, Said, said, text
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.sharing.corridor_views import AskedCorridorView, CorridorSheetView

#: Widths of the columns of what is asked, in letters; those of the answer are alike.
_WIDTHS = (11, 20, 10, 9, 16, 16, 10, 30, 26, 34, 28, 24)
_ANSWER_WIDTH, _NOTICE_WIDTH = 20, 120
_ASKED_FILL, _ANSWER_FILL = "F2F2F2", "FFF7D6"
#: Rows below the last in which answers may be written too.
_SPARE = 60
#: What a cell may not begin with, or a spreadsheet would compute it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def corridors_workbook(sheet: CorridorSheetView) -> bytes:
    """
    Workbook to answer in: a notice in both languages, then one row for each corridor.

    Words of an answer are chosen from a list. It bears the moment at which it was made until someone removes
    that.

    Parameters
    ----------
    sheet : CorridorSheetView
    """
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    notice = book.worksheets[0]
    notice.title = "LISEZ-MOI README"
    notice.column_dimensions["A"].width = _NOTICE_WIDTH
    for number, (line, is_bold) in enumerate(_notice(sheet), start=1):
        cell = notice.cell(row=number, column=1, value=line)
        cell.data_type, cell.font = "s", Font(bold=is_bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    page = book.create_sheet(TABLE)
    content = [head_row(), *rows(sheet)]
    asked = len(content[0]) - len(ANSWER)
    thin = _border()
    for number, row in enumerate([*content, *[[""] * len(content[0])] * _SPARE], start=1):
        for place, words in enumerate(row, start=1):
            cell = page.cell(row=number, column=place)
            cell.number_format = "@"
            if words:
                cell.value, cell.data_type = words, "s"  # never a formula
            fill = _ASKED_FILL if place <= asked else _ANSWER_FILL
            if number <= len(content):
                cell.fill = PatternFill("solid", start_color=fill)
                cell.border = thin
            cell.font = Font(bold=number == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place in range(1, len(content[0]) + 1):
        width = _WIDTHS[place - 1] if place <= asked else _ANSWER_WIDTH
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = "B2"
    _add_lists(page, asked, len(content) + _SPARE)
    _set_print(page, sheet)
    book.active = 1
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _border() -> Any:  # noqa: ANN401 - of openpyxl
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color="808080")
    return Border(left=side, right=side, top=side, bottom=side)


def _add_lists(page: Any, asked: int, last: int) -> None:  # noqa: ANN401 - of openpyxl
    """Drop-down lists of the words of an answer."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(ANSWER, start=asked + 1):
        if not column.values:
            continue
        words = [column.words.get(value, (value,))[0] for value in column.values]
        told = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        told.showErrorMessage = True
        told.errorTitle, told.error = "?", both(said("corridors.choose"))
        page.add_data_validation(told)
        letter = get_column_letter(place)
        told.add(f"{letter}2:{letter}{last}")


def _set_print(page: Any, sheet: CorridorSheetView) -> None:  # noqa: ANN401 - of openpyxl
    """One page wide, across, with mark, audience and expiry on every page."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    frame = sheet.frame
    mark = both(said("corridors.exercise")) if frame.is_exercise else ""
    page.oddHeader.left.text = mark
    page.oddHeader.right.text = both(frame.audience_name).replace("&", "&&")
    page.oddFooter.left.text = both(_expiry(sheet)).replace("&", "&&")
    page.oddFooter.right.text = "&P / &N"


def _notice(sheet: CorridorSheetView) -> Iterator[tuple[str, bool]]:
    """Lines of the notice, and whether each is bold; French first."""
    frame = sheet.frame
    for lang in LANGS:
        if frame.is_exercise:
            yield text("corridors.exercise", lang), True
        yield frame.title[lang], True
        yield frame.subtitle[lang], False
        yield f"{frame.audience_name[lang]} · {frame.audience_note[lang]}", False
        yield _expiry(sheet)[lang], True
        yield frame.disclaimer[lang], True
        yield from ((note[lang], False) for note in sheet.notes)
        yield _withdrawn(sheet)[lang], True
        if not sheet.corridors:
            yield text("corridors.none", lang), True
        yield "", False


def _expiry(sheet: CorridorSheetView) -> Said:
    frame = sheet.frame
    cut, end = (at.astimezone(BANGUI) for at in (frame.as_of, frame.expires_at))
    return said(
        "corridors.expires",
        as_of=said_date(cut),
        cut=f"{cut:%H:%M}",
        expires=said_date(end),
        end=f"{end:%H:%M}",
    )


def _withdrawn(sheet: CorridorSheetView) -> Said:
    if not sheet.withdrawn:
        return said("corridors.none_withdrawn")
    return said("corridors.withdrawn", names=", ".join(sheet.withdrawn))


def corridors_csv(sheet: CorridorSheetView) -> bytes:
    """Rows of the workbook as CSV, with a byte order mark so that spreadsheets read accents."""
    made = io.StringIO()
    writer = csv.writer(made)
    for row in [head_row(), *rows(sheet)]:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return made.getvalue().encode("utf-8-sig")


def corridors_geojson(sheet: CorridorSheetView) -> bytes:
    """Corridors as lines, each with what is asked; on a network that is not surveyed they say so."""
    content = {
        "type": "FeatureCollection",
        "is_exercise": sheet.frame.is_exercise,
        "expires_at": sheet.frame.expires_at.isoformat(timespec="seconds"),
        "withdrawn": list(sheet.withdrawn),
        "features": [_feature(sheet, corridor) for corridor in sheet.corridors],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _feature(sheet: CorridorSheetView, corridor: AskedCorridorView) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": [list(point) for point in corridor.line]},
        "properties": {
            "corridor_id": corridor.corridor_id,
            "road": corridor.road,
            "from": both(corridor.first.name),
            "to": both(corridor.last.name),
            "km": corridor.km,
            "has_two_carriageways": corridor.is_dual,
            "mgrs": [end.mgrs for end in (corridor.first, corridor.last) if end.mgrs],
            "start": corridor.window.start.isoformat(timespec="minutes"),
            "end": corridor.window.end.isoformat(timespec="minutes"),
            "window": both(window_said(corridor.window)),
            "presence": [both(kind) for kind in corridor.presence],
            "composition": both(corridor.composition),
            "priority": corridor.priority,
            "is_surveyed": sheet.is_surveyed,
            "mark": both(said("corridors.exercise")) if sheet.frame.is_exercise else "",
        },
    }

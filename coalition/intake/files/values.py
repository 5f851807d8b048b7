"""Numbers, days and hours of a spreadsheet in words that always look the same."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

# Of two systems, the one that begins in 1900 takes that year for a leap year; day 60 is its 29 February.
EPOCH_1900, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001
LAST_SERIAL = 2_958_466
_TIME = re.compile(r"P(?:(\d{1,5})D)?T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})(?:[.,]\d*)?S)?")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?Z?)?")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


def number(text: str) -> str:
    """12 for "12.0", 0.1 for "0.1000000000000000055", never an exponent; what is no number stays as it is."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > 40:
        return text
    rounded = Decimal(f"{value:.15g}")
    shown = format(rounded, "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def padded(text: str, code: str) -> str:
    """A number shown with leading zeros because its format is all zeros: 3 with "0000" is 0003."""
    return text.zfill(len(code)) if re.fullmatch(r"0{2,20}", code) and text.isdigit() else text


def is_date(code: str) -> bool:
    """Whether a number format shows a day or an hour: has d, m, y, h or s outside quotation marks."""
    return bool(re.search(r"[dmyhs]", _QUOTED.sub("", code.split(";")[0]), re.IGNORECASE))


def serial(text: str, *, from_1904: bool = False) -> str:
    """The day or hour that a spreadsheet keeps as a number; what cannot be one stays a number."""
    try:
        days = float(text)
    except ValueError:
        return text
    if not 0 <= days < LAST_SERIAL:
        return number(text)
    seconds = round(days * 86_400)
    if seconds < 86_400 and not from_1904:
        return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
    if not from_1904 and days < 61:
        seconds += 86_400
    return _moment((EPOCH_1904 if from_1904 else EPOCH_1900) + timedelta(seconds=seconds))


def _moment(moment: datetime) -> str:
    whole = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return f"{moment:%Y-%m-%d}" if whole else f"{moment:%Y-%m-%d %H:%M}"


def written_moment(text: str) -> str:
    """An ISO day or moment as `serial` writes it; what is none stays as it is."""
    found = _MOMENT.fullmatch(text.strip())
    if not found or not _is_day(found[1]):
        return text
    return found[1] if found[2] in (None, "00:00") else f"{found[1]} {found[2]}"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def written_time(text: str) -> str:
    """PT09H30M00S as 09:30; what is none stays as it is."""
    found = _TIME.fullmatch(text.strip())
    if not found or not any(found.groups()):
        return text
    days, hours, minutes, _seconds = (int(part or 0) for part in found.groups())
    minutes += (days * 24 + hours) * 60
    return f"{minutes // 60:02}:{minutes % 60:02}"

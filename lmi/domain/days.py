"""Days and months as ISO text, in words and counted on."""

from datetime import date, timedelta

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
SHORT_MONTHS = tuple(name[:3] for name in _MONTHS)


def in_words(iso: str) -> str:
    """'14 August 2026' for a day, 'August 2026' for a month; iso: YYYY-MM-DD or YYYY-MM."""
    year, month, *day = iso.split("-")
    return " ".join([*(str(int(part)) for part in day), _MONTHS[int(month) - 1], year])


def month_after(iso: str, months: int) -> str:
    """The month (YYYY-MM) that lies so many months after a month or a day's month."""
    year, month = (int(part) for part in iso.split("-")[:2])
    return f"{year + (month - 1 + months) // 12:04d}-{(month - 1 + months) % 12 + 1:02d}"


def day_after(iso: str, days: int) -> str:
    """The day (YYYY-MM-DD) that lies so many days after a day."""
    return (date.fromisoformat(iso) + timedelta(days=days)).isoformat()

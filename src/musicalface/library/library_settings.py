"""The user's settings, stored in the library."""

from .database import LibraryDatabase


def get_flag(database: LibraryDatabase, name: str, *, default: bool) -> bool:
    """Returns a setting that is on or off. Raises LibraryError."""
    for (value,) in database.query("SELECT value FROM settings WHERE name = ?", name):
        return bool(value == "on")
    return default


def set_flag(database: LibraryDatabase, name: str, on: bool) -> None:
    """Stores a setting that is on or off. Raises LibraryError."""
    with database.transaction() as connection:
        values = (name, "on" if on else "off")
        connection.execute("REPLACE INTO settings VALUES (?, ?)", values)

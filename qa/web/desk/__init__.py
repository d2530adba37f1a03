"""The staff desk at /desk: search, tables, reading, ingesting, findings, feedback, usage.

It holds no answer logic: it calls the Library's and the Assistant's doors.
"""

from qa.web.desk.door import mount_desk
from qa.web.desk.settings import DeskSettings

__all__ = ["DeskSettings", "mount_desk"]

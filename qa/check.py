"""The number checker: what bears out a figure, whoever states it.

`confirm` is for a figure of a report itself, `check_stated` for one with everything that is said
of it, `check_draft` for a free text such as a language model writes.
"""

from qa.checking.confirming import agreeing, confirm
from qa.checking.drafts import Draft, Judged, check_draft
from qa.checking.judge import judge as check_stated
from qa.checking.numerals import numbers, spelt_out
from qa.checking.stated import CitedCell, Judgement, Precision, Ruling, Stated, agrees

__all__ = [
    "CitedCell",
    "Draft",
    "Judged",
    "Judgement",
    "Precision",
    "Ruling",
    "Stated",
    "agreeing",
    "agrees",
    "check_draft",
    "check_stated",
    "confirm",
    "numbers",
    "spelt_out",
]

"""From a question and its history to a checked answer: the door of the package."""

from qa.answer import Answer, CheckedBy, Citation, Derivation, Number, Operand, Status
from qa.assistant import Assistant, Explained

__all__ = [
    "Answer",
    "Assistant",
    "CheckedBy",
    "Citation",
    "Derivation",
    "Explained",
    "Number",
    "Operand",
    "Status",
]

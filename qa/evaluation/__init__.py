"""Scoring a gold set: load and validate it, ask every question, judge each answer, sum up."""

from qa.evaluation.gold import GoldError, GoldQuestion, load_gold
from qa.evaluation.record import last_outcomes, percent, write_run
from qa.evaluation.run import Result, ask_all
from qa.evaluation.score import Outcome, Verdict, judge
from qa.evaluation.summary import Summary, Tally, summarise

__all__ = [
    "GoldError",
    "GoldQuestion",
    "Outcome",
    "Result",
    "Summary",
    "Tally",
    "Verdict",
    "ask_all",
    "judge",
    "last_outcomes",
    "load_gold",
    "percent",
    "summarise",
    "write_run",
]

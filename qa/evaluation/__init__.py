"""Scoring a gold set: load and validate it, ask every question, judge each answer, sum up."""

from qa.evaluation.comparing import Comparison, compare, last_outcomes
from qa.evaluation.evidence import Closeness, Found
from qa.evaluation.gold import GoldError, GoldQuestion, load_gold
from qa.evaluation.grounds import unfounded
from qa.evaluation.page import interval, percent
from qa.evaluation.record import write_run
from qa.evaluation.run import Result, Setting, ask_all
from qa.evaluation.score import Outcome, Verdict, judge
from qa.evaluation.summary import Retrieval, Share, Summary, Tally, summarise

__all__ = [
    "Closeness",
    "Comparison",
    "Found",
    "GoldError",
    "GoldQuestion",
    "Outcome",
    "Result",
    "Retrieval",
    "Setting",
    "Share",
    "Summary",
    "Tally",
    "Verdict",
    "ask_all",
    "compare",
    "interval",
    "judge",
    "last_outcomes",
    "load_gold",
    "percent",
    "summarise",
    "unfounded",
    "write_run",
]

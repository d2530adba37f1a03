"""The JSON API under /api/v1, the health endpoints, and the form of their errors."""

from qa.web.api.door import add_api
from qa.web.service.desk import Desk, Question, answer
from qa.web.service.problems import Problem, ProblemError

__all__ = ["Desk", "Problem", "ProblemError", "Question", "add_api", "answer"]

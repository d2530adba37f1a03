"""What all faces share behind their doors: the desk, its queue, limits, sessions and figures.

desk = make_desk(library, assistant, WebSettings(), store)
desk.limits.question(address, session)       # raises TooMany
record = answer(desk, Question(question="…"))  # raises ProblemError
desk.feedback.add(Opinion(rating=Rating.UP, question="…", answer=record, face="page"))
"""

from qa.web.service.desk import Desk, Question, answer, answer_soon, make_desk
from qa.web.service.limits import TooMany
from qa.web.service.problems import Problem, ProblemError

__all__ = [
    "Desk",
    "Problem",
    "ProblemError",
    "Question",
    "TooMany",
    "answer",
    "answer_soon",
    "make_desk",
]

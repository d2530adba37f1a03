"""Conversations held by the server, and the signed tokens that their callers carry."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from qa.answer import Answer, Status
from qa.web.settings import WebSettings

_SALT = "juewen-conversation"


class UnknownConversation(LookupError):
    """No such conversation, or it has been forgotten."""


class BadToken(Exception):
    """A token that this server did not sign, for another origin, or no longer good."""

    def __init__(self, *, expired: bool = False) -> None:
        super().__init__("expired" if expired else "not valid")
        self.expired = expired


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation; `choices` are those of a clarifying question."""

    question: str
    status: Status
    answer: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the server remembers of a conversation: questions, not answers. `reports` narrow it."""

    id: str
    reports: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions so far, oldest first."""
        return (*self.before, *(turn.question for turn in self.turns))

    @property
    def choices(self) -> tuple[str, ...]:
        """What the last answer offered to choose from."""
        return self.turns[-1].choices if self.turns else ()


class Conversations:
    """The open conversations, the longest silent forgotten first. Safe among threads."""

    def __init__(self, settings: WebSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._turns = settings.sessions, settings.turns
        self._seconds = settings.session_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[float, Conversation]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def open(self, reports: tuple[str, ...] = (), before: tuple[str, ...] = ()) -> Conversation:
        """A new conversation; `before` are questions that it continues."""
        opened = Conversation(secrets.token_urlsafe(12), reports, before[-self._turns :])
        self._keep(opened)
        return opened

    def get(self, id_: str) -> Conversation:
        """The conversation; raises UnknownConversation."""
        with self._lock:
            last, held = self._held.get(id_, (0.0, None))
            if held is None or self._clock() - last > self._seconds:
                raise UnknownConversation(id_)
            return held

    def add(self, id_: str, question: str, answer: Answer) -> Conversation:
        """The conversation with one turn more; raises UnknownConversation."""
        held = self.get(id_)
        choices = answer.suggestions if answer.status is Status.CLARIFY else ()
        turn = Turn(question, answer.status, answer.id, choices)
        grown = replace(held, turns=(*held.turns, turn)[-self._turns :])
        self._keep(grown)
        return grown

    def close(self, id_: str) -> None:
        """Forget a conversation, known or not."""
        with self._lock:
            self._held.pop(id_, None)

    def _keep(self, conversation: Conversation) -> None:
        with self._lock:
            self._held[conversation.id] = (self._clock(), conversation)
            self._held.move_to_end(conversation.id)
            while len(self._held) > self._most:
                self._held.popitem(last=False)


class Tokens:
    """Signs and reads tokens: the conversation and the site it belongs to, good for a while."""

    def __init__(self, settings: WebSettings) -> None:
        secret = settings.secret.get_secret_value() or secrets.token_hex(32)
        self._signer = URLSafeTimedSerializer(secret, salt=_SALT)
        self._seconds = settings.session_seconds

    def sign(self, conversation: str, origin: str) -> str:
        """A token for a conversation opened by a page of `origin` ("" for no page)."""
        return self._signer.dumps([conversation, origin])

    def read(self, token: str, origin: str) -> str:
        """The conversation that a token stands for; raises BadToken."""
        try:
            conversation, signed_for = self._signer.loads(token, max_age=self._seconds)
        except SignatureExpired as error:
            raise BadToken(expired=True) from error
        except (BadSignature, ValueError, TypeError) as error:
            raise BadToken from error
        if signed_for != origin:
            raise BadToken
        return str(conversation)

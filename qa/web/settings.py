"""What an operator can set for the web faces, from the environment (`JUEWEN_WEB_…`)."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_ORIGIN = re.compile(r"https?://[^/\s?#@*]+")

_SECRET_LENGTH = 32


class WebSettings(BaseSettings):
    """Settings of the web app; an unknown keyword is an error."""

    model_config = SettingsConfigDict(env_prefix="JUEWEN_WEB_", extra="forbid", frozen=True)

    question_length: int = Field(
        default=500, ge=1, description="Longest question accepted, in characters."
    )
    body_bytes: int = Field(
        default=65_536, ge=1_024, description="Largest request body accepted by the API."
    )
    concurrency: int = Field(
        default=2, ge=1, description="Questions answered at the same time; others queue."
    )
    queue: int = Field(
        default=200, ge=1, description="Questions that may wait; beyond it callers are told so."
    )
    wait_seconds: float = Field(
        default=15.0, gt=0, description="How long a caller may wait for its turn."
    )
    answer_seconds: float = Field(
        default=30.0, gt=0, description="How long one answer may take once its turn has come."
    )
    cached_answers: int = Field(
        default=500, ge=0, description="Answers kept for the same question asked again."
    )
    sessions: int = Field(
        default=1_000, ge=1, description="Conversations held in memory, on the page and by the API."
    )
    turns: int = Field(default=50, ge=1, description="Turns of one conversation that are kept.")
    session_seconds: int = Field(
        default=1_800, ge=1, description="How long the token of a conversation is good for."
    )
    questions_per_session: int = Field(
        default=20, ge=1, description="Questions a minute in one conversation."
    )
    questions_per_address: int = Field(
        default=60, ge=1, description="Questions a minute from one address."
    )
    requests_per_address: int = Field(
        default=600,
        ge=1,
        description="Requests a minute from one address: to the API, and clicks on a page.",
    )
    origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Other sites that may embed the widget: origins, separated by commas.",
    )
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(),
        description="If set, callers of the API need one of these keys, separated by commas.",
    )
    secret: SecretStr = Field(
        default=SecretStr(""),
        description="Signs tokens, 32 characters or more; unset, each start has its own.",
    )
    metrics: bool = Field(default=True, description="Whether /metrics is served.")
    access_log: bool = Field(
        default=True, description="Whether each request is logged, one JSON object a line."
    )

    @field_validator("origins", "api_keys", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(part.strip() for part in given.split(",") if part.strip())

    @field_validator("secret")
    @classmethod
    def _is_long(cls, given: SecretStr) -> SecretStr:
        if given.get_secret_value() and len(given.get_secret_value()) < _SECRET_LENGTH:
            raise ValueError(f"a secret needs at least {_SECRET_LENGTH} characters")
        return given

    @field_validator("origins")
    @classmethod
    def _are_origins(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for origin in given:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is not an origin such as https://www.example.org")
        return tuple(origin.lower() for origin in given)

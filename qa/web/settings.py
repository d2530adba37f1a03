"""What an operator can set for the web faces, from the environment (`JUEWEN_WEB_…`)."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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
        default=4, ge=1, description="Questions answered at the same time; others queue."
    )
    queue: int = Field(
        default=200, ge=1, description="Questions that may wait; beyond it callers are told so."
    )
    wait_seconds: float = Field(
        default=15.0, gt=0, description="How long an API caller may wait for its turn."
    )
    sessions: int = Field(
        default=1_000, ge=1, description="Conversations of the chat page held in memory."
    )
    turns: int = Field(
        default=50, ge=1, description="Turns of one conversation that the chat page keeps."
    )

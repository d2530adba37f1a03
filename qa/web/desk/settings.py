"""What an operator can set for the staff desk, from the environment (`JUEWEN_DESK_…`)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from qa.web.desk.passwords import is_hash


class DeskSettings(BaseSettings):
    """Settings of the staff desk; without users the desk is off."""

    model_config = SettingsConfigDict(env_prefix="JUEWEN_DESK_", extra="forbid", frozen=True)

    users: Annotated[dict[str, SecretStr], NoDecode] = Field(
        default={},
        description="Who may sign in: name=hash, separated by commas; a hash is what "
        "`python -m qa.web.desk.passwords` prints.",
    )
    secret: SecretStr = Field(
        default=SecretStr(""),
        description="Signs sign-ins; unset, a random one is made at every start.",
    )
    hours: float = Field(default=8.0, gt=0, description="How long a sign-in lasts.")
    attempts: int = Field(
        default=5, ge=1, description="Failed sign-ins in a minute, by name and address."
    )
    upload_bytes: int = Field(
        default=50 * 1024 * 1024, ge=1_024, description="Largest file that can be uploaded."
    )
    reading_seconds: float = Field(
        default=120.0, gt=0, description="How long reading one uploaded file may take."
    )

    @field_validator("users", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        pairs = [part.strip().partition("=") for part in given.split(",") if part.strip()]
        return {name.strip(): hash_.strip() for name, _, hash_ in pairs}

    @field_validator("users")
    @classmethod
    def _are_hashed(cls, given: dict[str, SecretStr]) -> dict[str, SecretStr]:
        for name, hash_ in given.items():
            if not name or not is_hash(hash_.get_secret_value()):
                raise ValueError(
                    f"user {name!r} needs name=hash; python -m qa.web.desk.passwords prints one"
                )
        return given

"""What an operator can set, from the environment (`JUEWEN_…`) or by keyword."""

from __future__ import annotations

import os

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

BUNDLED_MODEL = "multilingual-e5-small"

# Set before any heavy import: nothing here may call home or fetch from a hub.
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "TOKENIZERS_PARALLELISM": "false",
}


class IndexSettings(BaseSettings):
    """Settings of the index; an unknown keyword is an error."""

    model_config = SettingsConfigDict(env_prefix="JUEWEN_", extra="forbid", frozen=True)

    embedding_model: str = Field(
        default=BUNDLED_MODEL,
        description="The bundled model, or a sentence-transformers model by local path or name.",
    )
    embedding_query_prompt: str = Field(
        default="", description="Put before a question for a model that is not the bundled one."
    )
    embedding_passage_prompt: str = Field(
        default="", description="Put before a passage for a model that is not the bundled one."
    )
    embedding_online: bool = Field(
        default=False, description="Let sentence-transformers fetch a named model from its hub."
    )
    database_url: str = Field(
        default="", description="An SQLAlchemy URL; empty means SQLite inside the store."
    )
    chroma_url: str = Field(
        default="", description="http://host:port of a Chroma server; empty means embedded."
    )
    lock_timeout: float = Field(
        default=60.0, ge=0, description="Seconds to wait for another writer."
    )
    exact_reports: int = Field(
        default=8, ge=1, description="Up to so many reports are searched without an index."
    )
    exact_texts: int = Field(
        default=20_000, ge=0, description="Up to so many texts are compared without Chroma."
    )
    cached_reports: int = Field(default=32, ge=1, description="Reports kept in memory.")


def go_offline(settings: IndexSettings) -> None:
    """Switch the libraries' network use off in this process, unless the operator chose it."""
    for key, value in _OFFLINE.items():
        if settings.embedding_online and key.endswith("_OFFLINE"):
            continue
        os.environ.setdefault(key, value)

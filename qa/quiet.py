"""Keeps third-party packages from calling home; call before any of them is imported.

Whether a model may be fetched is a setting of the index, which has its own switches.
"""

from __future__ import annotations

import os

_SILENCE = {
    "ORT_DISABLE_TELEMETRY": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def silence() -> None:
    """Set the switches, leaving alone what the operator has set; child processes inherit them."""
    for name, value in _SILENCE.items():
        os.environ.setdefault(name, value)

"""Is the process alive, is it ready, and what has it counted."""

from __future__ import annotations

from fastapi import APIRouter, Response

from qa.web.api.callers import TheDesk
from qa.web.service.problems import Problem, ProblemError

router = APIRouter(tags=["health"])
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process is alive."""
    return {"status": "ok"}


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", responses={503: {"model": Problem}})
def readyz(desk: TheDesk) -> dict[str, str | int]:
    """The store can be asked and holds at least one report."""
    held = len(desk.library.reports())
    if not held:
        raise ProblemError(503, "empty_store", "no report is held", "Run juewen ingest")
    return {"status": "ready", "reports": held}


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}, 404: {"model": Problem}},
)
def metrics(desk: TheDesk) -> Response:
    """Counts and times in the Prometheus text format; names nobody who asked."""
    if not desk.settings.metrics:
        raise ProblemError(404, "not_found", "metrics are switched off", "Set JUEWEN_WEB_METRICS")
    return Response(desk.metrics.text(), media_type=_TEXT)

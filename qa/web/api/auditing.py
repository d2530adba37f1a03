"""What reports contradict themselves in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from qa.audit import Finding, Severity
from qa.web.api.callers import Known
from qa.web.service.pages import Limit, Offset, Page, page_of
from qa.web.service.reading import get_report

router = APIRouter(tags=["audit"])


@router.get("/audit")
async def audit(
    caller: Known,
    report: Annotated[str, Query(min_length=1, description="A report's id.")],
    severity: Severity | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Page[Finding]:
    """The findings on one report, the gravest first, each with the places that disagree."""
    held = get_report(caller.desk.library, report)
    found = await caller.desk.work(lambda: caller.desk.audits.of(held))
    fitting = [finding for finding in found if severity in (None, finding.severity)]
    return page_of(fitting, limit, offset)

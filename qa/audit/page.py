"""The audit as one printable HTML file: nothing to load, nothing that a report could smuggle in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from corpus import Kind, Outcome
from qa.audit.findings import Evidence, Finding, Maxim, Severity
from qa.audit.survey import Survey, Tally

_STYLE = """
:root{color-scheme:light}
body{font:15px/1.6 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",
 "PingFang SC",sans-serif;color:#1d2430;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 .2rem}h2{font-size:1.25rem;margin:2.4rem 0 .3rem;
 border-top:2px solid #1d2430;padding-top:.8rem}
h3{font-size:1rem;margin:1.2rem 0 .4rem}
p,dl,ol{margin:.3rem 0}.small{color:#566073;font-size:.86rem}
table{border-collapse:collapse;width:100%;font-size:.88rem;margin:.5rem 0}
th,td{border:1px solid #c6ccd6;padding:.25rem .5rem;text-align:left;vertical-align:top}
th{background:#eef1f5}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.finding{border:1px solid #c6ccd6;border-left:.4rem solid #566073;border-radius:.3rem;
 padding:.5rem .8rem;margin:.6rem 0;break-inside:avoid}
.error{border-left-color:#a5281b}.warning{border-left-color:#9a6700}.note{border-left-color:#3d6f9e}
.tag{font-size:.8rem;font-weight:600;margin-right:.5rem}
.error .tag{color:#a5281b}.warning .tag{color:#7a5200}.note .tag{color:#2c5a86}
.places{margin:.4rem 0 0;padding-left:1.3rem;font-size:.9rem}.places q{color:#33405a}
q{quotes:"“" "”"}nav li{margin:.1rem 0}
.ok{color:#1c6b3a}
@media print{@page{size:A4;margin:16mm 14mm}body{margin:0;max-width:none;font-size:10.5pt}
 h2{break-before:page;border-top:0}nav+h2{break-before:auto}
 details>*{display:block}summary{list-style:none}a{color:inherit;text-decoration:none}
 thead{display:table-header-group}tr{break-inside:avoid}}
"""
_SEVERITIES = {Severity.ERROR: "差错", Severity.WARNING: "存疑", Severity.NOTE: "瑕疵"}
_KINDS = {Kind.FINAL: "决算", Kind.BUDGET: "预算", Kind.OTHER: "其他"}
_OUTCOMES = {Outcome.HOLDS: "相符", Outcome.FAILS: "不符", Outcome.UNTRIED: "未能核对"}
_REASONS = 8  # reasons of one rule that are spelt out


def render(surveys: Sequence[Survey], maxims: Sequence[Maxim]) -> str:
    """The page: a summary, a section a report with its findings, and the rules."""
    known = {maxim.id: maxim for maxim in maxims}
    return "".join(
        (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            "<title>核对报告 · 决问</title>",
            f"<style>{_STYLE}</style></head><body>",
            *_summary(surveys),
            *(part for place, one in enumerate(surveys) for part in _section(place, one, known)),
            *_rules(maxims),
            "</body></html>\n",
        )
    )


def _summary(surveys: Sequence[Survey]) -> Iterator[str]:
    total = sum(len(one.findings) for one in surveys)
    yield "<h1>核对报告</h1>"
    yield f'<p class="small">共{len(surveys)}份报告，发现{total}处问题。'
    yield "每条规则的核对结果分三种：相符、不符、未能核对（并说明原因）。</p>"
    yield '<nav><table><thead><tr><th>报告</th><th class="n">年度</th><th>种类</th>'
    yield "".join(f'<th class="n">{word}</th>' for word in _SEVERITIES.values())
    yield "".join(f'<th class="n">{word}</th>' for word in _OUTCOMES.values())
    yield "</tr></thead><tbody>"
    for place, one in enumerate(surveys):
        counts = Counter(finding.severity for finding in one.findings)
        yield f'<tr><td><a href="#r{place}">{_title(one)}</a></td>'
        yield f'<td class="n">{one.identity.year or "—"}</td><td>{_KINDS[one.identity.kind]}</td>'
        yield "".join(f'<td class="n">{counts[severity]}</td>' for severity in _SEVERITIES)
        yield "".join(f'<td class="n">{one.count(outcome)}</td>' for outcome in _OUTCOMES)
        yield "</tr>"
    yield "</tbody></table></nav>"


def _title(one: Survey) -> str:
    return escape(one.identity.title or one.report)


def _section(place: int, one: Survey, known: dict[str, Maxim]) -> Iterator[str]:
    yield f'<h2 id="r{place}">{_title(one)}</h2>'
    yield f'<p class="small">文件：{escape("、".join(one.files) or "—")}'
    yield f"；对照的上年报告：{escape(one.before or '未收录')}</p>"
    if not one.findings:
        yield '<p class="ok">未发现自相矛盾之处。</p>'
    for number, finding in enumerate(one.findings, 1):
        yield from _finding(number, finding, known)
    yield "<h3>核对情况</h3>"
    yield from _tallies(one.tallies, known)


def _finding(number: int, finding: Finding, known: dict[str, Maxim]) -> Iterator[str]:
    yield f'<div class="finding {finding.severity.value}">'
    yield f'<span class="tag">{number}. {_SEVERITIES[finding.severity]}</span>'
    yield f"{escape(finding.message)}"
    maxim = known.get(finding.rule)
    if maxim is not None:
        yield f'<p class="small">规则 {escape(finding.rule)}：{escape(maxim.sentence)}</p>'
    yield f'<ol class="places">{"".join(_place(one) for one in finding.evidence)}</ol></div>'


def _place(evidence: Evidence) -> str:
    row = f"“{evidence.row}”行" if evidence.row else ""
    column = f"“{evidence.column}”栏" if evidence.column else ""
    page = f"第{evidence.page}页" if evidence.page else ""
    address = (evidence.report, evidence.section, evidence.table, row + column, page)
    where = escape(" · ".join(part for part in address if part))
    value = f"：{escape(evidence.value)}" if evidence.value else ""
    quote = f"<br><q>{escape(evidence.quote)}</q>" if evidence.quote else ""
    return f"<li>{where}{value}{quote}</li>"


def _tallies(tallies: Iterable[Tally], known: dict[str, Maxim]) -> Iterator[str]:
    yield "<table><thead><tr><th>规则</th>"
    yield "".join(f'<th class="n">{word}</th>' for word in _OUTCOMES.values())
    yield "<th>未能核对的原因</th></tr></thead><tbody>"
    for tally in tallies:
        sentence = known[tally.rule].sentence if tally.rule in known else tally.rule
        yield f"<tr><td>{escape(sentence)}</td>"
        yield "".join(f'<td class="n">{getattr(tally, one.value)}</td>' for one in _OUTCOMES)
        yield f"<td>{_reasons(tally)}</td></tr>"
    yield "</tbody></table>"


def _reasons(tally: Tally) -> str:
    shown = [
        escape(zh) + (f"（{count}处）" if count > 1 else "")
        for zh, _, count in tally.reasons[:_REASONS]
    ]
    left = len(tally.reasons) - len(shown)
    return "<br>".join((*shown, f"另有{left}种原因") if left else shown)


def _rules(maxims: Sequence[Maxim]) -> Iterator[str]:
    yield "<h2>规则</h2><table><thead><tr><th>编号</th><th>规则</th><th>程度</th>"
    yield "<th>容差</th></tr></thead><tbody>"
    for maxim in maxims:
        yield f"<tr><td>{escape(maxim.id)}</td><td>{escape(maxim.sentence)}</td>"
        yield f"<td>{_SEVERITIES[maxim.severity]}</td><td>{escape(maxim.tolerance)}</td></tr>"
    yield "</tbody></table>"

from __future__ import annotations

from xml.etree import ElementTree

from benchmarks.drawing import Line, lines

SVG = "{http://www.w3.org/2000/svg}"


def test_lines_stand_between_their_powers_of_ten() -> None:
    drawn = lines("<costs>", "reports", [Line("a & b", ((1, 2.0), (100, 20.0), (1000, 150.0)))])
    root = ElementTree.fromstring(drawn)
    circles = root.findall(f"{SVG}circle")
    across = [float(circle.get("cx", "")) for circle in circles]
    assert len(circles) == 3
    assert across == sorted(across)
    texts = [text.text for text in root.findall(f"{SVG}text")]
    assert {"1", "1,000", "0.1"} - set(texts) == {"0.1"}
    assert "a & b" in texts

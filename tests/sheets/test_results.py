"""`results.json`, whose shape other programs rely on. Clause: format.md, results.json."""

import json
from pathlib import Path

from govkit.findings import Outcome
from govkit.sheets import results_document, write_results
from tests.sheets.builders import RUBRIC, account, found, inspection, judged, site


def test_document_of_each_kind_of_result() -> None:
    """Figures are strings of two decimals, deductions in shortest form, null is “not scored”."""
    reduced, veto, waiting = site("2", "乙", service=False), site("3", "丙"), site("4", "丁")
    findings = [
        found(site(), "D5.1"),
        found(site(), "D22.1", 3),
        found(site(), "B6.1"),
        found(reduced, "D16.1"),
        found(veto, "V3.1"),
        found(veto, "D5.1"),
        judged(waiting, "D7.1", Outcome.UNCHECKED),
        found(account(), "M3.2"),
    ]
    document = results_document(inspection([site(), reduced, veto, waiting, account()], findings))
    assert list(document) == ["batch", "rubric", "subjects"]
    assert document["batch"] == {
        "name": "2024年第一季度检查",
        "as_of": "2024-03-15",
        "organiser": "丰都县人民政府办公室",
        "source": "抽查工作簿.xlsx",
    }
    assert document["rubric"] == {"id": "fengdu-2019", "version": RUBRIC.version, "sha256": RUBRIC.sha256}
    first, scaled, vetoed, incomplete, of_account = document["subjects"]
    assert first == {
        "id": "5002300001",
        "name": "丰都县某局网站",
        "kind": "site",
        "sponsor": "丰都县某局",
        "service": True,
        "verdict": "pass",
        "reason": "合格：扣分指标得分 94.40，加分指标得分 3.00，最后得分 97.40。",
        "vetoes": [],
        "deductions": {"D5": "5", "D22": "0.6"},
        "part2": "94.40",
        "bonus": "3.00",
        "total": "97.40",
        "range": None,
        "open": [],
    }
    assert (scaled["service"], scaled["part2"], scaled["total"]) == (False, "90.67", "90.67")
    assert (vetoed["verdict"], vetoed["vetoes"], vetoed["deductions"]) == ("fail", ["V3.1"], {})
    assert vetoed["part2"] is vetoed["bonus"] is vetoed["total"] is None
    assert (incomplete["verdict"], incomplete["open"]) == ("incomplete", ["D7.1"])
    assert (incomplete["range"], incomplete["total"]) == (["97.00", "100.00"], None)
    assert (of_account["kind"], of_account["service"], of_account["vetoes"]) == ("account", None, ["M3.2"])


def test_file_is_plain_utf_8(tmp_path: Path) -> None:
    """No BOM, Chinese as it is, a line end at the end; half a surrogate pair does not stop it."""
    season = inspection([site(name="坏\ud800名")])
    write_results(season, tmp_path / "results.json")
    raw = (tmp_path / "results.json").read_bytes()
    assert raw.startswith(b"{")
    assert raw.endswith(b"}\n")
    assert "丰都县人民政府办公室" in raw.decode()
    assert json.loads(raw)["subjects"][0]["name"] == "坏?名"

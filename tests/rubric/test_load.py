"""Rubric files: what ships is complete, and what is wrong with a file is told all at once."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from govkit.ledger import Kind, Subject
from govkit.rubric import RubricError, load_rubric, load_rubric_from, rubric_ids
from govkit.rubric.load import DATA

RUBRIC = load_rubric("fengdu-2019")
BASE = (DATA / "fengdu-2019.toml").read_text(encoding="utf-8")

# The table of codes: row → number of items, and the row's points.
ITEMS = {
    "V1": 6, "V2": 1, "V3": 1, "V4": 3, "V5": 2, "V6": 3, "M1": 4, "M2": 2, "M3": 2,
    "D1": 2, "D2": 2, "D3": 2, "D4": 2, "D5": 2, "D6": 2, "D7": 1, "D8": 2, "D9": 2, "D10": 1, "D11": 2, "D12": 2,
    "D13": 5, "D14": 1, "D15": 1, "D16": 1, "D17": 1, "D18": 4, "D19": 3, "D20": 3, "D21": 1, "D22": 2, "D23": 2,
    "D24": 2, "D25": 3, "D26": 1, "D27": 2, "D28": 1, "D29": 1,
    "B1": 3, "B2": 1, "B3": 2, "B4": 1, "B5": 1, "B6": 2, "B7": 2, "B8": 3, "B9": 1, "B10": 1,
}  # fmt: skip
POINTS = {
    "D": [2, 2, 2, 5, 5, 5, 3, 3, 4, 3, 5, 2, 8, 5, 2, 7, 3, 6, 7, 3, 3, 1, 1, 3, 4, 2, 1, 2, 1],
    "B": [4, 3, 2, 2, 2, 5, 3, 4, 2, 3],
}
SAMPLES = {
    "D7.1": 3, "D8.1": 3, "D8.2": 3, "D13.1": 5, "D13.3": 5, "D13.4": 5, "D13.5": 5, "D15.1": 2, "D21.1": 6,
    "D25.2": 4, "D27.1": 5, "D27.2": 5, "B2.1": 3, "B8.3": 2,
}  # fmt: skip
SITE = Subject("1", "a", Kind.SITE, "b", service=True)


def test_complete() -> None:
    """All rows and items of the annex are there, in its order, with its points and samples."""
    assert {row.code: len(row.items) for row in RUBRIC.rows} == ITEMS
    assert list(ITEMS) == [row.code for row in RUBRIC.rows]
    assert len(RUBRIC.items) == 97
    for letter, points in POINTS.items():
        assert [row.points for row in RUBRIC.rows if row.code.startswith(letter)] == points
    assert {code: item.sample for code, item in RUBRIC.items.items() if item.sample} == SAMPLES
    assert Counter(item.kind for item in RUBRIC.items.values())["tier"] == 3
    assert [level.points for level in RUBRIC.items["D12.2"].levels] == [1, 2]


def test_scopes() -> None:
    """A site has 89 items, a site of a unit without public services 70, an account 8."""
    without = Subject("1", "a", Kind.SITE, "b", service=False)
    numbers = [len(RUBRIC.items_in_scope(s)) for s in (SITE, without, Subject("1", "a", Kind.ACCOUNT, "b"))]
    assert numbers == [89, 70, 8]
    left_out = RUBRIC.items_in_scope(SITE).keys() - RUBRIC.items_in_scope(without).keys()
    assert {code.split(".")[0] for code in left_out} == {
        "V6",
        "D10",
        "D11",
        "D12",
        "D13",
        "D14",
        "D15",
        "B3",
        "B4",
        "B5",
    }


def test_every_item_can_be_traced_and_judged() -> None:
    """Each row names its clause, each item has its wording; each threshold has its limit and a line that warns."""
    assert all(row.clause.startswith("附件") for row in RUBRIC.rows)
    assert all("{" not in RUBRIC.wording(i) + RUBRIC.guidance(i) for i in RUBRIC.items.values())
    for code, limit in RUBRIC.parameters.limits.items():
        assert limit.warning < limit.value, code
        assert limit.text in RUBRIC.wording(RUBRIC.items[code])


def test_figures_are_whole_thirtieths() -> None:
    """Every point, cap and scaled figure is a whole number of thirtieths of a point."""
    assert RUBRIC.units_a_point == 30


def test_variant_changes_its_parameters_only() -> None:
    """The variant with two weeks for accounts differs in that limit, its wording, its names and its hash."""
    variant = load_rubric("fengdu-2019-m14")
    assert variant.parameters.limits["M2.1"].value == 14
    assert variant.wording(variant.items["M2.1"]) == "1.监测时间点前2周内无更新。"
    own = {"id", "version", "title", "source", "sha256", "parameters"}
    assert variant.model_dump(exclude=own) == RUBRIC.model_dump(exclude=own)
    limits = variant.parameters.limits | {"M2.1": RUBRIC.parameters.limits["M2.1"]}
    assert limits == RUBRIC.parameters.limits
    assert variant.sha256 != RUBRIC.sha256


@pytest.mark.parametrize(
    ("parameters", "field", "value"),
    [
        ("pass_line = 40", "pass_line", 40),
        ("bonus_line = 90.5", "bonus_line", Fraction("90.5")),
        ("[parameters.without_services]\napplies = false", "without_services", False),
    ],
)
def test_known_variants(tmp_path: Path, parameters: str, field: str, value: object) -> None:
    """Other lines, and the 75-point rule off, are parameters."""
    write_variant(tmp_path, "[parameters]\n" + parameters)
    variant = load_rubric_from(tmp_path, "variant").parameters
    changed = getattr(variant, field)
    assert (changed.applies if field == "without_services" else changed) == value


def test_rule_for_units_without_services_can_be_off(tmp_path: Path) -> None:
    """Where the 75-point rule is off, every site is scored on all items."""
    write_variant(tmp_path, "[parameters.without_services]\napplies = false")
    variant = load_rubric_from(tmp_path, "variant")
    assert len(variant.items_in_scope(Subject("1", "a", Kind.SITE, "b", service=False))) == 89


def test_hash_is_of_the_content(tmp_path: Path) -> None:
    """Comments and line ends leave the hash as it is; a point more changes it."""
    (tmp_path / "fengdu-2019.toml").write_bytes(("# 说明\n" + BASE).replace("\n", "\r\n").encode())
    assert load_rubric_from(tmp_path, "fengdu-2019").sha256 == RUBRIC.sha256
    changed = BASE.replace("pass_line = 60", "pass_line = 61")
    (tmp_path / "fengdu-2019.toml").write_text(changed, encoding="utf-8")
    assert load_rubric_from(tmp_path, "fengdu-2019").sha256 != RUBRIC.sha256


def write_variant(folder: Path, body: str, **head: str) -> None:
    """A variant of the base rubric beside it."""
    (folder / "fengdu-2019.toml").write_text(BASE, encoding="utf-8")
    keys = {"id": "variant", "version": "1.0.0", "title": "变体", "source": "某通知", "extends": "fengdu-2019"} | head
    lines = [f'{key} = "{value}"' for key, value in keys.items()]
    (folder / "variant.toml").write_text("\n".join(lines) + "\n" + body, encoding="utf-8")


def complaints(folder: Path, rubric_id: str) -> str:
    """All that is wrong with a rubric file."""
    with pytest.raises(RubricError) as caught:
        load_rubric_from(folder, rubric_id)
    assert str(caught.value).count("请：") >= len(caught.value.complaints)
    return str(caught.value)


# A change to the base file → what must be named.
BREAKS = {
    "row of a group": (('code = "D1"\npart = "deduction"\nsubject = "site"\ngroup = "发布解读"\nname = "概况信息"\npoints = 2',
        'code = "D1"\npart = "deduction"\nsubject = "site"\ngroup = "发布解读"\nname = "概况信息"\npoints = 3'), "“发布解读”应为 31 分，各行合计却是 32 分"),
    "group of a part": (('{ name = "功能设计", points = 21 }', '{ name = "功能设计", points = 22 }'), "“功能设计”应为 22 分"),
    "code twice": (('code = "D2.1"', 'code = "D1.1"'), "D1.1 重复"),
    "numbering": (('code = "D3.2"', 'code = "D3.3"'), "应为 D3.2"),
    "flag without points": (('code = "D16.1", kind = "flag", points = 7', 'code = "D16.1", kind = "flag"'), "D16.1"),
    "sample of a flag": (('code = "D16.1", kind = "flag"', 'code = "D16.1", kind = "flag", sample = 2'), "D16.1"),
    "levels alike": (('points = 2, text = "监测时间点前3个月内未更新"', 'points = 1, text = "监测时间点前3个月内未更新"'), "D12.2"),
    "limit of nothing": (('"V4.2" = {', '"V5.1" = {'), "V4.2"),
    "lines": (("pass_line = 60", "pass_line = 90"), "合格线"),
    "multiplier": (('multiplier = "4/3"', 'multiplier = "5/4"'), "满分 100"),
    "unknown kind": (('code = "D16.1", kind = "flag"', 'code = "D16.1", kind = "maybe"'), "maybe"),
    "unknown measure": (('rule = "every"', 'rule = "some"'), "some"),
    "unknown key": (("bonus_line = 80", "bonus_line = 80\nbonus_lines = 80"), "bonus_lines"),
    "no number": (("pass_line = 60", 'pass_line = "六十"'), "六十"),
    "gap in a wording": (("1.出现严重表述错误。", "1.出现{limit}表述错误。"), "V1.1"),
    "no TOML": (("[[parts]]", "[[parts]"), "TOML"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "named"), BREAKS.values(), ids=BREAKS)
def test_broken_file__error(tmp_path: Path, change: tuple[str, str], named: str) -> None:
    """The loader itself refuses a file whose sums, codes, kinds or limits do not fit, and says where."""
    assert change[0] in BASE
    (tmp_path / "fengdu-2019.toml").write_text(BASE.replace(change[0], change[1], 1), encoding="utf-8")
    assert named in complaints(tmp_path, "fengdu-2019")


def test_all_at_once__error(tmp_path: Path) -> None:
    """Several things wrong are named together."""
    broken = BASE
    for name in ("row of a group", "numbering", "sample of a flag", "lines"):
        broken = broken.replace(*BREAKS[name][0], 1)
    (tmp_path / "fengdu-2019.toml").write_text(broken, encoding="utf-8")
    text = complaints(tmp_path, "fengdu-2019")
    for name in ("row of a group", "numbering", "sample of a flag", "lines"):
        assert BREAKS[name][1] in text


def test_broken_variants__error(tmp_path: Path) -> None:
    """A variant may change parameters only, must extend what is there, and not itself."""
    write_variant(tmp_path, '[parameters]\npass_line = 50\n[[rows]]\ncode = "D1"')
    assert "rows" in complaints(tmp_path, "variant")
    write_variant(tmp_path, "[parameters]\npass_line = 50", extends="没有")
    assert "没有" in complaints(tmp_path, "variant")
    write_variant(tmp_path, "[parameters]\npass_line = 50", extends="variant")
    assert "循环" in complaints(tmp_path, "variant")
    write_variant(tmp_path, "[parameters]\npass_line = 50", id="other")
    assert "other" in complaints(tmp_path, "variant")


def test_unknown_rubric() -> None:
    """Only rubrics that ship can be loaded by id."""
    assert rubric_ids() == ("fengdu-2019", "fengdu-2019-m14")
    with pytest.raises(KeyError):
        load_rubric("fengdu-2020")

"""Packs in: those that come along are complete, and what is wrong with a file is told all at once."""

from collections import Counter
from pathlib import Path

import pytest

from govkit.packs import PackError, load_pack, load_pack_from, pack_ids

PACK = """
id = "test-2019"
version = "1.0.0"
name = "某县2019"
title = "某县政务新媒体管理通知"
source = "某县〔2019〕1号"

[[articles]]
clause = "一"
title = "内容保障"
sentences = 1

[[rules]]
id = "AA01"
name = "及时更新"
article = "一"
sentences = [1]
text = "及时更新内容。"
binds = { about = "account" }
check = { kind = "alive", days = 14 }
severity = "一般"
remedy = "恢复更新，或申请关停。"
"""


def load(folder: Path, text: str | bytes) -> object:
    """Load a pack from a file of this content."""
    (folder / "test-2019.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_pack_from(folder, "test-2019")


def refusal(folder: Path, text: str | bytes) -> tuple[str, ...]:
    """Return what is wrong with a file."""
    with pytest.raises(PackError) as caught:
        load(folder, text)
    assert str(caught.value).split("\n") == ["规则包 test-2019 不能使用：", *caught.value.complaints]
    return caught.value.complaints


@pytest.mark.parametrize("pack_id", pack_ids())
def test_packs_that_come_along(pack_id: str) -> None:
    """Each loads, and is read once only."""
    assert load_pack(pack_id) is load_pack(pack_id)
    assert load_pack(pack_id).id == pack_id


def test_numbers_are_unique_over_all_packs() -> None:
    """What a person judged is found by the number of the rule, whatever packs are switched on."""
    numbers = Counter(rule.id for pack_id in pack_ids() for rule in load_pack(pack_id).rules)
    assert {number for number, times in numbers.items() if times > 1} == set()


def test_sound_file(tmp_path: Path) -> None:
    """The file that the others of these tests break is in order."""
    assert load(tmp_path, PACK)


def test_no_such_pack() -> None:
    """The packs that there are are named."""
    with pytest.raises(PackError) as caught:
        load_pack("atlantis-2019")
    assert caught.value.complaints == (f"没有这个规则包。请：从这些里选：{'、'.join(pack_ids())}。",)


def test_file_that_is_no_toml(tmp_path: Path) -> None:
    """A slip of the pen, and a file in another encoding, are told in Chinese."""
    for text in (PACK.replace("[[rules]]", "[[rules"), PACK.encode("gbk")):
        (complaint,) = refusal(tmp_path, text)
        assert complaint.startswith("文件不是有效的 TOML")
        assert "请：" in complaint


def test_all_complaints_at_once(tmp_path: Path) -> None:
    """Missing, unknown and wrong fields are each told with their place."""
    text = PACK.replace('name = "及时更新"\n', "").replace("days = 14", 'days = "两周"') + 'remark = "好"\n'
    found = refusal(tmp_path, text)
    for place in ("rules.0.name：缺少该项。", "rules.0.check.alive.days：", "rules.0.remark：没有这一项。"):
        assert [line for line in found if line.startswith(place)], place
    assert all("请：" in line for line in found)


def test_what_does_not_fit_together(tmp_path: Path) -> None:
    """Our own complaints stand one a line."""
    text = PACK.replace("sentences = 1\n", "sentences = 3\n").replace('"AA01"', '"AA01"\nproblem = "不更新"')
    assert refusal(tmp_path, text) == (
        "规则 AA01：problems 里没有“不更新”。请：改正，或在 problems 里补上。",
        "“一”的第 2、3 句既没有规则，也没有说明理由。请：补上规则或 no_rule。",
    )


def test_file_that_is_called_otherwise(tmp_path: Path) -> None:
    """A copy under another name is refused: results would name a pack that is not there."""
    assert refusal(tmp_path, PACK.replace("test-2019", "other-2019")) == (
        "文件 test-2019.toml 里的 id 是“other-2019”。请：让 id 与文件名一致。",
    )

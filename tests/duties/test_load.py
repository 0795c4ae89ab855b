"""Files of duties: in the words of the notice, and whatever is wrong with one is told in Chinese."""

from pathlib import Path

import pytest

from govkit.duties import DutiesError, load_duties, load_duties_from
from govkit.duties.load import DATA
from govkit.packs import load_pack, pack_ids


def test_files_belong_to_packs() -> None:
    """Every file is that of a pack and can be read; a pack without one gives the office no duties."""
    names = {file.name.removesuffix(".toml") for file in DATA.iterdir()}
    assert names <= set(pack_ids())
    assert {name for name in pack_ids() if load_duties(load_pack(name))} == names


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('pack = "fengdu-2019"', 'pack = "hebei-2019"', "hebei-2019"),
        ('article = "一"', 'article = "九"', "九"),
        ("day = 2019-12-31", "", "every"),
        ("day = 2019-12-31", 'day = 2019-12-31\nevery = "quarter"', "every"),
        ("day = 2019-12-31", "day = 2019-13-31", "TOML"),
        ('every = "quarter"', 'every = "week"', "every"),
    ],
)
def test_bad_files(tmp_path: Path, old: str, new: str, words: str) -> None:
    """Another pack's file, unknown articles, no time or two, and files that are no TOML are refused."""
    text = (DATA / "fengdu-2019.toml").read_text(encoding="utf-8")
    (tmp_path / "fengdu-2019.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DutiesError) as raised:
        load_duties_from(tmp_path, load_pack("fengdu-2019"))
    assert all(words in complaint for complaint in raised.value.complaints)
    assert raised.value.complaints

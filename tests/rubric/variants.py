"""Valid rubrics at random: the shipped one with other texts, points, items, limits, lines and groups."""

from typing import Any

from hypothesis import strategies as st

from govkit.rubric import Rubric, load_rubric, rubric_from
from govkit.rubric.content import content

BASE = content(load_rubric("fengdu-2019"))
_LETTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="\n\\=_x（空）'\"", exclude_characters="{}"
)
TEXTS = st.text(_LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list) else value


@st.composite
def rubrics(draw: st.DrawFn, *, parameters_only: bool = False) -> Rubric:
    """A rubric under an id of its own."""
    data = _copy(BASE)
    data |= {"id": draw(st.from_regex(r"[a-z][a-z0-9.-]{0,8}", fullmatch=True)) + "-own", "version": "2.0.10"}
    data |= {"title": draw(TEXTS), "source": draw(TEXTS)}
    parameters = data["parameters"]
    parameters["pass_line"], parameters["bonus_line"] = sorted(draw(st.tuples(*[st.integers(0, 100)] * 2)))
    parameters["without_services"]["applies"] = draw(st.booleans())
    for limit in parameters["limits"].values():
        if draw(st.integers(0, 3)) == 0 and limit["value"] != "0.05":
            value = draw(st.integers(1, 90))
            limit |= {"value": value, "warning": draw(st.sampled_from([0, value, "0.5"])), "text": draw(TEXTS)}
    if not parameters_only:
        for _ in range(draw(st.integers(1, 6))):
            _change(draw, data, draw(st.sampled_from(data["rows"])))
    return rubric_from(data)


def _change(draw: st.DrawFn, data: dict[str, Any], row: dict[str, Any]) -> None:
    """One change that leaves the rubric valid."""
    changes = (_texts, _removed, _regrouped, _tiered, _counted) if row["part"] != "veto" else (_texts, _limited)
    draw(st.sampled_from(changes))(draw, data, row)


def _texts(draw: st.DrawFn, _: dict[str, Any], row: dict[str, Any]) -> None:
    names = ("name", "printed_name", "clause", "lead", "tail")
    row |= {name: draw(TEXTS) for name in names if draw(st.booleans())}
    row |= {"notes": draw(st.lists(TEXTS, max_size=3)), "services_only": row.get("services_only", False)}
    draw(st.sampled_from(row["items"])).update({"guidance": draw(TEXTS), "unit": draw(TEXTS)})


def _removed(_: st.DrawFn, __: dict[str, Any], row: dict[str, Any]) -> None:
    if len(row["items"]) > 1:
        row["items"].pop()


def _regrouped(draw: st.DrawFn, data: dict[str, Any], row: dict[str, Any]) -> None:
    """A group gets another name."""
    old, new = row["group"], draw(TEXTS) + "组"
    for part in data["parts"]:
        names = [group["name"] for group in part.get("groups", ())]
        if part["part"] == row["part"] and new not in names:
            part["groups"][names.index(old)]["name"] = new
            for other in data["rows"]:
                if other["part"] == row["part"] and other["group"] == old:
                    other["group"] = new


def _tiered(draw: st.DrawFn, _: dict[str, Any], row: dict[str, Any]) -> None:
    points = draw(st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True))
    levels = [{"points": each, "text": draw(TEXTS)} for each in points]
    row["items"].append({"code": _next(row), "kind": "tier", "text": draw(TEXTS), "levels": levels})


def _counted(draw: st.DrawFn, _: dict[str, Any], row: dict[str, Any]) -> None:
    points = draw(st.sampled_from([1, 3, "0.5", "0.125", "2.000001"]))
    row["items"].append({"code": _next(row), "kind": "count", "text": draw(TEXTS), "points": points, "sample": 4})


def _limited(draw: st.DrawFn, data: dict[str, Any], row: dict[str, Any]) -> None:
    row["items"].append(_measured(draw, data, _next(row)))


def _next(row: dict[str, Any]) -> str:
    return f"{row['code']}.{len(row['items']) + 1}"


def _measured(draw: st.DrawFn, data: dict[str, Any], code: str) -> dict[str, Any]:
    """An item with a limit, measured in one of the five ways that take one."""
    names = draw(st.lists(TEXTS, min_size=2, max_size=3, unique=True))
    measure = draw(
        st.sampled_from(
            [
                {"rule": "age", "quantity": names[0]},
                {"rule": "sum", "quantities": names},
                {"rule": "every", "part": names[0], "whole": names[1]},
                {"rule": "ratio", "part": names[0], "whole": names[1], "days": 7, "whole_a_day": 20},
            ]
        )
    )
    data["parameters"]["limits"][code] = {"value": "0.25", "warning": "0.1", "text": "25%", "warning_text": draw(TEXTS)}
    return {"code": code, "kind": "threshold", "text": draw(TEXTS) + "{limit}", "measure": measure}

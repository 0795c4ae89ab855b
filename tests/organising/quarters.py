"""Files of two small quarters, for tests of what an organiser does with them."""

from pathlib import Path

from tests.workbooks import write

OFFICE, BUREAU = "青禾县人民政府办公室", "青禾县教育局"

SITES = f"""
| 网站台账 | 网站标识码 | 网站名称 | 首页网址 | 主办单位 | 对外服务职能 | 状态 |
|          | 9901230001 | 县政府网 | http://a.example | {OFFICE} | 有 | 正常 |
|          | 9901230002 | 教育局网 | http://b.example | {BUREAU} | 有 | 关停 |
"""

_ACCOUNTS = """
| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 | 账号主体 | 账号状态 | 备案 |
"""

EARLIER = (
    _ACCOUNTS
    + f"""
|          | a1 | 青禾发布 | 微信公众号 | {OFFICE} | {OFFICE} | 正常 | 是 |
|          | a2 | 青禾微博 | 新浪微博 | {OFFICE} | {OFFICE} | 正常 | 是 |
|          | a3 | 青禾教育 | 微信公众号 | {BUREAU} | {BUREAU} | 正常 | 是 |
"""
)

LATER = (
    _ACCOUNTS
    + f"""
|          | a1 | 青禾发布 | 微信公众号 | {OFFICE} | {OFFICE} | 正常 | 是 |
|          | a2 | 青禾政务 | 新浪微博 | {OFFICE} | {OFFICE} | 正常 | 是 |
|          | a4 | 教育速递 | 微信公众号 | {BUREAU} | {BUREAU} | 正常 | 否 |
|          | a5 | 青禾教育 | 微信公众号 | {BUREAU} | {BUREAU} | 正常 | 是 |
"""
)

FILINGS = """
| 备案记录 | 检查对象标识码 | 备案事项 | 备案日期 | 批准人 | 备案单位 | 公告日期 |
|          | a2 | 变更 | 2019-11-05 | 李主任 | 青禾县人民政府办公室 | 2019-11-06 |
"""


def quarter_file(folder: Path, *texts: str, name: str = "台账.xlsx") -> tuple[str, bytes]:
    """Return a workbook of these tables, by name and content."""
    path = write(folder / name, *texts)
    return name, path.read_bytes()

"""The notices as packs of rules that an office can switch on: data files, judged by small pure checks."""

from govkit.packs.advice import Advice, advise
from govkit.packs.judgement import Judgement, Status
from govkit.packs.judging import Breach, Column, Compliance, judge_season
from govkit.packs.load import PackError, load_pack, load_pack_from, pack_ids
from govkit.packs.model import Article, Pack, Rule
from govkit.packs.things import Thing, ThingKind
from govkit.packs.unknowns import Unknown, unknowns

__all__ = [
    "Advice",
    "Article",
    "Breach",
    "Column",
    "Compliance",
    "Judgement",
    "Pack",
    "PackError",
    "Rule",
    "Status",
    "Thing",
    "ThingKind",
    "Unknown",
    "advise",
    "judge_season",
    "load_pack",
    "load_pack_from",
    "pack_ids",
    "unknowns",
]

"""A customer takes all of their data out, one is told why some stay, one waits for a human (PIPL, arts. 24, 45, 47)."""

from typing import Any

from benyuan.assurance.protection.own_data import own_data, package
from benyuan.simulate.protection.investing import SECOND_THOUGHTS
from benyuan.simulate.protection.world import Story

ASKED, HANDED, WAITING = 20261008, 20261009, 20261010
OPERATOR = "zhou"


def take_data_out(story: Story) -> None:
    """Asked, said to be given before it was, handed out on record, answered."""
    what = f"person {SECOND_THOUGHTS} asks for all of their data"
    request = story.do("ask_own_data", ASKED, "10:00", what, person=SECOND_THOUGHTS, wants="export", channel="app")
    answer: dict[str, Any] = {"request": request["request"], "outcome": "done", "words": "已交付全部个人信息。"}
    what = "is told that they were given; nothing has left"
    story.refused("pi.rights.access", "answer_own_data", HANDED, "09:00", what, **answer)
    handed = {"request": request["request"], "operator": OPERATOR}
    out = story.do("hand_out_data", HANDED, "10:00", "all is handed out, on record, in one package", **handed)
    group = story.session.group
    story.package = package(own_data(group, person=SECOND_THOUGHTS), head=group.head)
    story.notes |= {"request": request["request"], "handed": out["position"]}
    story.do("answer_own_data", HANDED, "11:00", "and the request answered", **answer)
    _others(story)


def _others(story: Story) -> None:
    asked = story.do("ask_own_data", HANDED, "12:00", person=9, wants="delete", channel="app")
    kept = {"outcome": "refused", "ground": "kept-by-law", "words": "交易记录依法须保存，届满后删除。"}
    what = "person 9 wants theirs deleted; the answer names the law that keeps them"
    story.do("answer_own_data", HANDED, "14:00", what, request=asked["request"], **kept)
    what = "person 10 wants a human to decide again; the request is open"
    story.do("ask_own_data", WAITING, "10:00", what, person=10, wants="human", channel="app")

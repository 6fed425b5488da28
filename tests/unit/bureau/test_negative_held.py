"""What negative data are held, and when they must be gone, counted from the pages."""

from benyuan.assurance.bureau.erasing import erase_over
from benyuan.assurance.bureau.negative_held import NegativeHeld, negative_held
from benyuan.assurance.bureau.scoring import score_of, scores_of_all
from benyuan.credit_bureau.score.scoring import UNSCORED
from tests.unit.bureau.bureaus import UTILITY, Bureau, found_bureau
from tests.unit.bureau.furnished import furnish, late, months, public, with_account
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import in_memory

LAST, AFTER = 20310410, 20310411


def furnished(bureau: Bureau) -> Bureau:
    """Account 1 was late in February and March, paid on 10 April; 2 was late in March alone; 3 has been late since."""
    made = with_account(people=3, bureau=bureau)
    february = [late(month=202602), {"account": 2, "month": 202602}, late(account=3, month=202602)]
    march = [late(month=202603), late(account=2, month=202603), late(account=3, month=202603)]
    furnish(made, months(*february, *march))
    april = [{"month": 202604, "ended_on": 20260410}, {"account": 2, "month": 202604, "ended_on": 20260409}]
    furnish(made, months(*april), on=20260501)
    ended, open_ = {"decided_on": 20260105, "ended_on": 20260301}, {"reference": 6, "decided_on": 20260105}
    furnish(made, public(ended, open_), kind="furnish_public", member=UTILITY, on=20260501)
    return made


def test_what_has_ended_and_what_goes_on() -> None:
    bureau = furnished(found_bureau(in_memory(now=moment(20260101))))
    assert negative_held(bureau.group, bureau=1) == NegativeHeld(
        months=8,
        ended_months=3,
        going_on_months=2,
        ended_public=1,
        going_on_public=1,
        gone_on={20310410: 1, 20310411: 2, 20310302: 1},
        account=1,
        ended_on=20260410,
        size=2,
    )
    assert negative_held(bureau.group, bureau=2) == NegativeHeld()


def test_after_the_erasure_what_goes_on_is_left() -> None:
    bureau = furnished(found_bureau(in_memory(now=moment(AFTER))))
    assert erase_over(bureau.group, bureau=1, finish=False).keys == 0
    left = negative_held(bureau.group, bureau=1)
    assert (left.ended_months, left.ended_public, left.going_on_months, left.going_on_public) == (0, 0, 2, 1)
    assert bureau.group.finish_erasing() > 0


def test_all_files_score_as_each_by_itself() -> None:
    """And as they stood at a log position, when the last parcel of months had not come."""
    bureau = furnished(found_bureau(in_memory(now=moment(20260101))))
    group, at = bureau.group, moment(20260501, "12:00")
    before = group.position - 2
    for position in (group.position, before):
        made = scores_of_all(group, bureau=1, position=position, at=at)
        for subject, score in zip(made.subject.tolist(), made.scores.score.tolist(), strict=True):
            alone = score_of(group, bureau=1, subject=subject, position=position, at=at).value
            assert score == (UNSCORED if alone is None else alone)
        assert made.subject.tolist() == [1, 2, 3]
    assert max(scores_of_all(group, bureau=1, at=at).scores.score) > 0
    assert max(scores_of_all(group, bureau=1, position=before, at=at).scores.score) == UNSCORED
    assert len(scores_of_all(group, bureau=2, at=at).subject) == 0

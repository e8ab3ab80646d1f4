"""The lists that a convening chooses from, over the small warehouse, whose rows are known."""

import dataclasses
import threading

import pytest

from lmi.answers.held import Held
from lmi.answers.room_lists import (
    MOST_SKILLS,
    Hit,
    category,
    detailed,
    find,
    known,
    programs_of,
    skills_of,
    titles,
)
from lmi.sources import capacity_file


def test_only_detailed_occupations_with_figures_can_be_named(small_desk):
    named = titles(small_desk)
    assert named["47-2111"] == "Electricians"
    assert not {"47-2110", "47-0000", "00-0000"} & set(named)
    assert detailed(small_desk) == set(named)
    assert list(named.values()) == sorted(named.values())


def test_a_category_is_the_major_group(small_desk):
    assert category(small_desk, "47-2111") == "Construction and Extraction Occupations"
    assert category(small_desk, "own") == ""


def test_an_occupation_is_found_by_title_everyday_title_and_code(real_desk):
    assert find(real_desk, "electricians")[0] == Hit("47-2111", "Electricians", "Electricians")
    assert find(real_desk, "  Lineman ")[0].matched.casefold() == "lineman"
    assert find(real_desk, "47-2111")[0].soc == "47-2111"


@pytest.mark.parametrize(
    "text", ["", " ", "'; drop table occupation; --", "\ud800", "\x00", "a" * 100_000, "%"]
)
def test_a_search_for_anything_finds_occupations_or_nothing(small_desk, text):
    assert {hit.soc for hit in find(small_desk, text)} <= detailed(small_desk)


def test_a_search_gives_no_groups_and_no_more_than_asked(small_desk):
    hits = find(small_desk, "e", 3)
    assert len(hits) == 3
    assert {hit.soc for hit in hits} <= detailed(small_desk)


def test_skills_come_most_important_first(real_desk):
    names = [name for _, name in skills_of(real_desk, "29-1141")]
    assert len(names) == MOST_SKILLS
    assert names.index("Medicine and Dentistry") < names.index("Speaking")
    assert all(len(key) <= 40 for key, _ in skills_of(real_desk, "29-1141"))


def test_an_occupation_that_is_not_rated_has_no_skills(small_desk):
    assert skills_of(small_desk, "99-9999") == ()


def test_programs_are_those_of_the_area_with_most_awards_first(real_desk):
    every = programs_of(real_desk, "12420")
    words = dict(every)
    assert len(words) == len(every) > 300
    assert all(len(key) <= 40 and ":" in key for key in words)
    nurses = programs_of(real_desk, "12420", ("29-1141",))
    assert nurses[0][1].startswith("Registered Nursing/Registered Nurse, ")
    assert set(nurses) < set(every)
    assert not any("Welding" in text for _, text in nurses)


def test_an_area_that_is_no_more_has_no_programs(small_desk):
    assert programs_of(small_desk, "R-renamed") == ()


def test_a_program_of_the_local_file_is_listed_by_its_provider(small_desk):
    text = (
        "provider,program,kind,cip,soc,area_code,seats,source,as_of\n"
        "Local 520,Inside wireman,apprenticeship,,47-2111,12420,120,call,2026-10-01\n"
        "Local 520,Inside wireman,apprenticeship,,47-2111,12420,110,call,2025-10-01\n"
    )
    read = capacity_file.parse(text.encode(), small_desk.known_codes)
    assert not read.problems
    desk = dataclasses.replace(small_desk, capacity=read, serial=-1)
    local = [pair for pair in programs_of(desk, "12420") if pair[0].startswith("local:")]
    assert [words for _, words in local] == ["Inside wireman, Local 520"]
    assert local[0] in programs_of(desk, "12420", ("47-2111",))
    assert local[0] not in programs_of(desk, "12420", ("29-1141",))


def test_what_can_be_chosen_is_worked_out_once(small_desk):
    desk = dataclasses.replace(small_desk, serial=-2)
    every = known(desk, "12420")("programs", "")
    assert {key: told["words"] for key, told in every.items()} == dict(programs_of(desk, "12420"))
    assert known(desk, "12420")("programs", "") is every
    assert known(dataclasses.replace(desk, serial=-3), "12420")("programs", "") is not every
    assert known(desk, "R-renamed")("programs", "") == {}


def test_what_is_held_is_worked_out_once_whoever_asks():
    held: Held[int] = Held(2)
    made: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> int:
        begun.set()
        go_on.wait(10)
        made.append("a")
        return 1

    first = threading.Thread(target=held.get, args=("a", slow))
    first.start()
    begun.wait(10)
    second = threading.Thread(target=held.get, args=("a", slow))
    second.start()
    assert held.get("b", lambda: 2) == 2  # another key does not wait
    go_on.set()
    first.join(10)
    second.join(10)
    assert made == ["a"]
    held.get("c", lambda: 3)
    assert held.get("b", lambda: 4) == 4  # the one unused for longest was let go


def test_what_failed_is_tried_again():
    held: Held[int] = Held(2)
    with pytest.raises(ZeroDivisionError):
        held.get("a", lambda: 1 // 0)
    assert held.get("a", lambda: 5) == 5

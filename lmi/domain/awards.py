"""Award levels of IPEDS: their names, their order, and the skill band each belongs to.

Source: NCES, C2024_A variable list (award levels) and C2024_C (levels at which completers are counted).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class AwardLevel:
    """A level of award. short: for a narrow column. sub_baccalaureate: below the bachelor's degree."""

    code: str
    label: str
    short: str
    sub_baccalaureate: bool
    completer_level: str


# In the order of study, which is not the order of the codes.
AWARD_LEVELS: tuple[AwardLevel, ...] = (
    AwardLevel("20", "Certificate, less than 12 weeks", "Under 12 weeks", True, "11"),
    AwardLevel("21", "Certificate, 12 weeks to less than 1 year", "12 weeks to 1 year", True, "12"),
    AwardLevel("2", "Certificate, 1 to less than 2 years", "1–2 years", True, "2"),
    AwardLevel("4", "Certificate, 2 to less than 4 years", "2–4 years", True, "2"),
    AwardLevel("3", "Associate's degree", "Associate's", True, "3"),
    AwardLevel("5", "Bachelor's degree", "Bachelor's", False, "5"),
    AwardLevel("6", "Postbaccalaureate certificate", "Post-bachelor's", False, "10"),
    AwardLevel("7", "Master's degree", "Master's", False, "7"),
    AwardLevel("8", "Post-master's certificate", "Post-master's", False, "10"),
    AwardLevel("17", "Doctorate, research or scholarship", "Research doctorate", False, "9"),
    AwardLevel("18", "Doctorate, professional practice", "Professional doctorate", False, "9"),
    AwardLevel("19", "Doctorate, other", "Other doctorate", False, "9"),
)
AWARD_LEVEL_BY_CODE: dict[str, AwardLevel] = {level.code: level for level in AWARD_LEVELS}
SUB_BACCALAUREATE: tuple[str, ...] = tuple(x.code for x in AWARD_LEVELS if x.sub_baccalaureate)
EVERY_LEVEL: tuple[str, ...] = tuple(x.code for x in AWARD_LEVELS)

# Completers (people) are counted at coarser levels, under other codes.
COMPLETER_LEVELS: dict[str, str] = {
    "11": "Certificate, less than 12 weeks",
    "12": "Certificate, 12 weeks to less than 1 year",
    "2": "Certificate, 1 to less than 4 years",
    "3": "Associate's degree",
    "5": "Bachelor's degree",
    "10": "Postbaccalaureate or post-master's certificate",
    "7": "Master's degree",
    "9": "Doctorate",
}
SUB_BACCALAUREATE_COMPLETERS: tuple[str, ...] = ("11", "12", "2", "3")

# Credential levels of the College Scorecard, and the award levels that each may stand for.
CREDENTIAL_AWARDS: dict[str, tuple[str, ...]] = {
    "1": ("20", "21", "2", "4"), "2": ("3",), "3": ("5",), "4": ("6",), "5": ("7",), "6": ("17", "19"),
    "7": ("18",), "8": ("6", "8"),
}  # fmt: skip


def levels_in_words(codes: tuple[str, ...]) -> str:
    """A set of award levels as people say it, for a chart or a note."""
    if set(codes) == set(EVERY_LEVEL):
        return "all award levels"
    if set(codes) == set(SUB_BACCALAUREATE):
        return "certificates and associate's degrees"
    return "; ".join(AWARD_LEVEL_BY_CODE[code].label for code in EVERY_LEVEL if code in codes)

"""Groups of people for whom shares are published: one documented order, never stereotyped colours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """A group of workers as CPS table 11 and the American Community Survey count it.

    name: in a sentence ('Women'). short: at the head of a column. share_field: its column in
    cps_occupation. acs_variable: variable of the Census API with its employed people aged 16 and over.
    """

    id: str
    name: str
    short: str
    share_field: str
    acs_variable: str


NOT_IN_CPS = ("66", "72", "78")  # state codes of Guam, Puerto Rico and the Virgin Islands
ALL_EMPLOYED = "all"
ACS_TOTAL = "C24010_001"
GROUPS: tuple[Group, ...] = (
    Group("women", "Women", "Women", "women_pct", "C24010_038"),
    Group("black", "Black or African American workers", "Black", "black_pct", "B24010B_001"),
    Group("asian", "Asian workers", "Asian", "asian_pct", "B24010D_001"),
    Group("hispanic", "Hispanic or Latino workers", "Hispanic", "hispanic_pct", "B24010I_001"),
)
GROUP_BY_ID: dict[str, Group] = {group.id: group for group in GROUPS}

# CPS table 11 carries no standard errors. How far 375 occupations' shares moved from 2021 to 2022 is
# what a sampling variance of 1,000 x share x (1 - share) / employed gives, for all four groups alike
# (medians 900 to 1,140); see docs/decisions/0003-people-and-programs.md.
PEOPLE_PER_EFFECTIVE_RESPONSE = 1000

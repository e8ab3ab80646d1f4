"""Rules as data: criteria with field, operator, threshold, unit, year and source, combined."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Operator = Literal["in", "==", ">=", ">", "<=", "<"]


@dataclass(frozen=True)
class Criterion:
    """One test of one field.

    value: a number, or the accepted texts where op is 'in'. of: name of a reference figure of the
    area by which value is multiplied. year and deflate: a dollar threshold of that year, to be
    brought to the year of the wages.
    """

    field: str
    name: str
    op: Operator
    value: float | tuple[str, ...]
    unit: str = ""
    of: str = ""
    year: int | None = None
    deflate: bool = False
    source: str = ""


@dataclass(frozen=True)
class Combination:
    """Several tests of which at least `needed` must hold."""

    tests: tuple["Test", ...]
    needed: int


Test = Criterion | Combination


@dataclass(frozen=True)
class Rule:
    """A named rule with its wording, its source and its test. short: its name at the head of a column."""

    id: str
    name: str
    short: str
    says: str
    source: str
    test: Test

    def criteria(self) -> list[Criterion]:
        """All criteria of the test, in the order they are written."""
        return list(_leaves(self.test))


@dataclass(frozen=True)
class RuleBook:
    """The rules of one file and the id of the default one."""

    rules: tuple[Rule, ...]
    default: str

    def __getitem__(self, rule_id: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == rule_id)

    def ids(self) -> list[str]:
        """Ids in the order of the file."""
        return [rule.id for rule in self.rules]


@dataclass(frozen=True)
class WeightPreset:
    """Named weights of the demand ranking, component -> weight (any scale)."""

    id: str
    name: str
    weights: dict[str, float]


@dataclass(frozen=True)
class EmployerException:
    """A documented statement by an employer that an occupation is in demand."""

    soc: str
    area_code: str
    organisation: str
    date: str
    reason: str


def _leaves(test: Test) -> Iterator[Criterion]:
    if isinstance(test, Criterion):
        yield test
    else:
        for inner in test.tests:
            yield from _leaves(inner)

"""What the Local Autonomy Index is made of, and the table of its variables."""

from __future__ import annotations

from dataclasses import dataclass, fields

from workbench.model.table import Column, Table

# Variable → its highest value; all begin at 0. The maxima follow from the divisors of the seven dimensions.
AUTONOMY_VARIABLES: dict[str, int] = {
    "legal_protection": 3,
    "institutional_depth": 3,
    "effective_political_discretion": 4,
    "policy_scope": 4,
    "fiscal_autonomy": 4,
    "financial_self_reliance": 3,
    "borrowing_autonomy": 3,
    "organisational_autonomy": 4,
    "financial_transfer_system": 3,
    "administrative_supervision": 3,
    "central_or_regional_access": 3,
}

AUTONOMY = Table(
    "autonomy",
    {
        "unit": Column("text", "country, or territory class within it, and year where several are given"),
        **{
            name: Column("number", f"variable of the Local Autonomy Index, 0-{high}", may_miss=True, low=0, high=high)
            for name, high in AUTONOMY_VARIABLES.items()
        },
    },
)


@dataclass(frozen=True, slots=True)
class AutonomyVariables:
    """The eleven variables of the Local Autonomy Index for one country or class of municipalities; None = missing.

    Higher is more autonomy, also for supervision (3 = least control) and transfers (3 = unconditional). Values between
    whole numbers are means over municipalities or policy fields.
    """

    legal_protection: float | None = None  # 0-3, constitutional or legal means to assert autonomy
    institutional_depth: float | None = None  # 0-3, how freely tasks may be chosen
    effective_political_discretion: float | None = None  # 0-4, final say over tasks
    policy_scope: float | None = None  # 0-4, range of tasks delivered
    fiscal_autonomy: float | None = None  # 0-4, own taxes
    financial_self_reliance: float | None = None  # 0-3, share of own revenue
    borrowing_autonomy: float | None = None  # 0-3
    organisational_autonomy: float | None = None  # 0-4, own organisation, staff, electoral system
    financial_transfer_system: float | None = None  # 0-3, unconditional against conditional
    administrative_supervision: float | None = None  # 0-3
    central_or_regional_access: float | None = None  # 0-3, influence on higher levels


@dataclass(frozen=True, slots=True)
class AutonomyScore:
    """The seven dimensions of local autonomy and the index, each 0-100; None = missing because of `missing`."""

    legal_autonomy: float | None
    political_discretion: float | None
    policy_scope: float | None
    financial_autonomy: float | None
    organisational_autonomy: float | None
    non_interference: float | None
    access: float | None
    index: float | None
    missing: tuple[str, ...]  # variables that are not known


assert tuple(field.name for field in fields(AutonomyVariables)) == tuple(AUTONOMY_VARIABLES)

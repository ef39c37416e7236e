"""Which parts of a form somebody prints."""

import pytest

from tablebank.domain.documents import PARTS, Earlier, Part, Printed, parts_for
from tablebank.domain.terms import Role


@pytest.mark.parametrize("role", list(Role))
def test_only_accounting_and_audit_hold_the_restricted_part(role: Role) -> None:
    """FIL-08: role by role, whatever the form."""
    may = role in (Role.ACCOUNTING, Role.AUDITOR)
    assert (Part.RESTRICTED in parts_for(Printed.SLIP, [role])) is may
    for form in Printed:
        assert set(PARTS[form]) - set(parts_for(form, [role])) <= {Part.RESTRICTED}
        assert parts_for(form, [role])


def test_the_first_print_is_no_reprint() -> None:
    """FIL-07."""
    assert not Earlier().is_reprint
    assert Earlier(times=1).is_reprint

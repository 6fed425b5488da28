"""The commands of maker and checker: staff, roles, who leaves, from when checks are required, proposals and checks."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.checks.assign_role import AssignRole
from benyuan.usecases.checks.check_command import CheckCommand
from benyuan.usecases.checks.end_role import EndRole
from benyuan.usecases.checks.end_staff import EndStaff
from benyuan.usecases.checks.propose_command import ProposeCommand
from benyuan.usecases.checks.register_staff import RegisterStaff
from benyuan.usecases.checks.require_checks import RequireChecks

CHECKS: tuple[UseCase, ...] = (
    RegisterStaff(),
    AssignRole(),
    EndRole(),
    EndStaff(),
    RequireChecks(),
    ProposeCommand(),
    CheckCommand(),
)

__all__ = ["CHECKS"]

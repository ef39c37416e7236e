"""All reports there are: one file and one line each. Pages, files, permissions follow from it."""

from collections.abc import Mapping

from tablebank.queries.reports.bootstrapped_baselines import BOOTSTRAPPED_BASELINES
from tablebank.queries.reports.drop_log import DROP_LOG
from tablebank.queries.reports.exceptions import EXCEPTIONS
from tablebank.queries.reports.fill_and_credit_log import FILL_AND_CREDIT_LOG
from tablebank.queries.reports.hold import HOLD
from tablebank.queries.reports.kind import Report
from tablebank.queries.reports.opener_closer_chain import OPENER_CLOSER_CHAIN
from tablebank.queries.reports.par_history import PAR_HISTORY
from tablebank.queries.reports.restatements import RESTATEMENTS
from tablebank.queries.reports.slip_numbers import SLIP_NUMBERS
from tablebank.queries.reports.table_games_summary import TABLE_GAMES_SUMMARY
from tablebank.queries.reports.tables_not_opened import TABLES_NOT_OPENED
from tablebank.queries.reports.voids import VOIDS

REPORTS: tuple[Report, ...] = (
    TABLE_GAMES_SUMMARY,
    OPENER_CLOSER_CHAIN,
    SLIP_NUMBERS,
    FILL_AND_CREDIT_LOG,
    VOIDS,
    DROP_LOG,
    HOLD,
    TABLES_NOT_OPENED,
    EXCEPTIONS,
    RESTATEMENTS,
    PAR_HISTORY,
    BOOTSTRAPPED_BASELINES,
)

BY_SLUG: Mapping[str, Report] = {report.slug: report for report in REPORTS}

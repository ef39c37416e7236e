"""The tables: one thin model per record of `domain.facts`, under the record's own name.

A column is called as the record's field is. Models carry no behaviour: they say columns, what the
database itself keeps true (keys, links, checks), and which questions have an index.
"""

from tablebank.store.models.casino import BankModeRow as BankModeRow
from tablebank.store.models.casino import Casino as Casino
from tablebank.store.models.casino import CasinoAddress as CasinoAddress
from tablebank.store.models.casino import ChipType as ChipType
from tablebank.store.models.casino import DropScheduleRow as DropScheduleRow
from tablebank.store.models.casino import ProfileRow as ProfileRow
from tablebank.store.models.casino import SettingsRow as SettingsRow
from tablebank.store.models.casino import ShiftScheduleRow as ShiftScheduleRow
from tablebank.store.models.count_sessions import CountEntry as CountEntry
from tablebank.store.models.count_sessions import CountFile as CountFile
from tablebank.store.models.count_sessions import CountSession as CountSession
from tablebank.store.models.count_sessions import CountVerification as CountVerification
from tablebank.store.models.days import DayClose as DayClose
from tablebank.store.models.journal import IdempotencyKey as IdempotencyKey
from tablebank.store.models.journal import JournalEntry as JournalEntry
from tablebank.store.models.journal import JournalHead as JournalHead
from tablebank.store.models.journal import NumberSeries as NumberSeries
from tablebank.store.models.papers import PaperEntry as PaperEntry
from tablebank.store.models.people import ApiToken as ApiToken
from tablebank.store.models.people import BadgeLock as BadgeLock
from tablebank.store.models.people import Signature as Signature
from tablebank.store.models.people import Staff as Staff
from tablebank.store.models.people import StaffSecret as StaffSecret
from tablebank.store.models.policy import Finding as Finding
from tablebank.store.models.policy import ParComment as ParComment
from tablebank.store.models.policy import ParImport as ParImport
from tablebank.store.models.policy import ParPolicy as ParPolicy
from tablebank.store.models.policy import ParProposal as ParProposal
from tablebank.store.models.policy import Remark as Remark
from tablebank.store.models.policy import Report as Report
from tablebank.store.models.sessions import Session as Session
from tablebank.store.models.sessions import Snapshot as Snapshot
from tablebank.store.models.sessions import Trial as Trial
from tablebank.store.models.shifts import HandOver as HandOver
from tablebank.store.models.shifts import ShiftRundown as ShiftRundown
from tablebank.store.models.slips import Slip as Slip
from tablebank.store.models.slips import SlipHand as SlipHand
from tablebank.store.models.slips import SlipStep as SlipStep
from tablebank.store.models.tables import Box as Box
from tablebank.store.models.tables import Count as Count
from tablebank.store.models.tables import Custody as Custody
from tablebank.store.models.tables import ManifestLine as ManifestLine
from tablebank.store.models.tables import Mount as Mount
from tablebank.store.models.tables import Removal as Removal
from tablebank.store.models.tables import Table as Table
from tablebank.store.models.tables import TableRevision as TableRevision
from tablebank.store.models.trays import BuyIn as BuyIn
from tablebank.store.models.trays import CountStart as CountStart
from tablebank.store.models.trays import Observation as Observation
from tablebank.store.models.trips import BoxLeftOut as BoxLeftOut
from tablebank.store.models.trips import DropTrip as DropTrip

"""All kinds of fault. A further one is a class and a line here."""

from tablebank.simulator.faults.boxes import (
    BrokenCustody,
    LateDrop,
    LeftOut,
    UnscheduledDrop,
    WrongBox,
)
from tablebank.simulator.faults.counts import CounterError, ShortCount
from tablebank.simulator.faults.hours import LeftOpen, PaperEnteredLate
from tablebank.simulator.faults.kind import Fault
from tablebank.simulator.faults.paper import (
    DuplicateNumber,
    MissingForm,
    MissingSlip,
    MisusedVoid,
    NeverDeposited,
    OtherTablesBox,
    StrangeSlip,
    WrongAmount,
)
from tablebank.simulator.faults.trays import (
    GoneBeforeBothCounts,
    OpenerOffByDenomination,
    OpenerOffInTotal,
    ShortFill,
)

FAULTS: tuple[type[Fault], ...] = (
    MissingSlip,
    WrongAmount,
    DuplicateNumber,
    OtherTablesBox,
    NeverDeposited,
    MisusedVoid,
    StrangeSlip,
    MissingForm,
    LateDrop,
    UnscheduledDrop,
    WrongBox,
    BrokenCustody,
    LeftOut,
    CounterError,
    ShortCount,
    OpenerOffInTotal,
    OpenerOffByDenomination,
    ShortFill,
    GoneBeforeBothCounts,
    PaperEnteredLate,
    LeftOpen,
)

BY_NAME = {fault.name: fault for fault in FAULTS}

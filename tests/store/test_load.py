"""Facts come out alike, whether one table is asked about or many."""

from uuid import UUID

from tablebank.domain.facts import Session, SlipStep, Table
from tablebank.store.load import load_facts_of_tables, load_many, load_table_facts, of
from tablebank.store.scope import casino_view
from tests.at_table import a_table
from tests.cast import Casino, found


def _played() -> Casino:
    """Tables in every state: never opened, prepared, rolled over, dropped with others, counted."""
    casino = found()
    a_table(casino)
    a_table(casino).prepare()
    over = a_table(casino)
    over.open_table()
    over.fill()
    over.roll_over()
    over.close()
    over.drop()
    over.custody()
    over.soft_count(100_000)
    over.open_table()
    over.issue(over.ask_fill("10 black"))
    emergency = a_table(casino)
    emergency.open_table()
    emergency.drop(kind="EMERGENCY")
    emergency.credit()
    emergency.force_close()
    emergency.open()
    emergency.casino.pat.post(f"{emergency.path}/void", {"reason": "x"}, at=casino.tick()).must(200)
    return casino


def test_one_table_and_many_tables_give_the_same_facts() -> None:
    """SLIP-11, BOX-6: the two statements of the store find the same records, group and all."""
    casino_id = UUID(_played().id)
    with casino_view(casino_id) as cursor:
        tables = load_many(cursor, Table, of(casino_id))
        sessions = load_many(cursor, Session, of(casino_id))
        for focus in ([], *([each.id] for each in sessions), [each.id for each in sessions]):
            many = load_facts_of_tables(cursor, tables, focus=focus)
            mine = {each.table_id for each in sessions if each.id in focus} or set(many)
            for table in tables:
                if table.id in mine:
                    asked = [s.id for s in sessions if s.id in focus and s.table_id == table.id]
                    assert load_table_facts(cursor, table, focus=asked) == many[table.id]


def test_what_was_not_asked_for_stays_out() -> None:
    casino_id = UUID(_played().id)
    with casino_view(casino_id) as cursor:
        tables = load_many(cursor, Table, of(casino_id))
        whole = load_facts_of_tables(cursor, tables, focus=())
        lean = load_facts_of_tables(cursor, tables, focus=(), wanted=(SlipStep,))
    for table_id, facts in lean.items():
        assert (facts.hands, facts.findings, facts.reports, facts.custody) == ((), (), (), ())
        assert (facts.slips, facts.steps) == (whole[table_id].slips, whole[table_id].steps)
        assert facts.mounts == whole[table_id].mounts

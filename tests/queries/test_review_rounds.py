"""The rounds of a review: every earlier finding with its answer, and how many rounds a document usually takes."""

from core.case.events import Finding
from core.process.terms import Document, Flow, Kind, Role
from core.queries import review_rounds
from core.queries.review_rounds import Round, Usual
from tests.support.drive_case import FAILS, MEETS, World
from tests.support.people import COMERCIAL, ID

COMMERCIAL = Role.GERENTE_COMERCIAL


def returned(w: World, code: str, document: Document = Document.PROPUESTA) -> list[Round]:
    with w.db.reading() as connection:
        (case_id,) = connection.exec_driver_sql(f"SELECT id FROM cases WHERE code = '{code}'").one()  # noqa: S608
        return review_rounds.returned(connection, case_id, document)


def usual(w: World, document: Document) -> Usual:
    with w.db.reading() as connection:
        return review_rounds.usual(connection, document)


def correct(w: World, code: str, *answers: str) -> None:
    w.attach(code)
    w.send(code, answers=dict(enumerate(answers, start=1)))


def test_every_round_keeps_its_findings_with_the_answers_that_were_sent(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 2, Kind.REVIEW)
    assert returned(both, code) == []
    both.review(code, verdict="return", answers=FAILS, reason="falta el anexo")
    first = both.now
    open_findings = (
        Finding(1, COMMERCIAL, ID[COMERCIAL], "Precio", "muy alto"),
        Finding(2, COMMERCIAL, ID[COMERCIAL], "", "falta el anexo"),
    )
    assert returned(both, code) == [Round(1, 1, "Carla", COMMERCIAL, first, open_findings)]
    both.attach(code)  # a version that is replaced before it is sent is no round
    correct(both, code, "bajó", "adjunto")
    both.review(code, verdict="return", answers=MEETS, reason="otra vez")
    second = both.now
    correct(both, code, "hecho")
    answered = (
        Finding(1, COMMERCIAL, ID[COMERCIAL], "Precio", "muy alto", "bajó"),
        Finding(2, COMMERCIAL, ID[COMERCIAL], "", "falta el anexo", "adjunto"),
    )
    last = (Finding(1, COMMERCIAL, ID[COMERCIAL], "", "otra vez", "hecho"),)
    both.to(code, 3, Kind.REVIEW)
    both.review(code, verdict="return", answers=MEETS, reason="del contrato")
    assert returned(both, code) == [
        Round(1, 1, "Carla", COMMERCIAL, first, answered),
        Round(2, 3, "Carla", COMMERCIAL, second, last),
    ]
    assert [each.version for each in returned(both, code, Document.CONTRATO)] == [1]


def test_the_usual_number_of_rounds_is_the_median_over_the_reviews_that_are_over(both: World):
    assert usual(both, Document.PROPUESTA) == Usual(0, None)
    for key, returns in (("a", 0), ("b", 2), ("c", 3)):
        code = both.open(key, flow=Flow.B2B)
        both.to(code, 2, Kind.REVIEW)
        for _ in range(returns):
            both.review(code, verdict="return", answers=FAILS)
            both.to(code, 2, Kind.REVIEW)
        if key == "b":
            assert usual(both, Document.PROPUESTA) == Usual(1, 1)  # the one under review does not count yet
        both.to(code, 3)
    assert usual(both, Document.PROPUESTA) == Usual(3, 3)
    for key in "de":
        both.to(both.open(key, flow=Flow.B2B), 3)
    both.validate("S-2026-0001", "no")
    assert usual(both, Document.PROPUESTA) == Usual(5, 1)
    both.to(both.open("f", flow=Flow.B2B), 4)
    assert usual(both, Document.PROPUESTA) == Usual(6, 1)
    assert usual(both, Document.CONTRATO) == Usual(1, 1)

"""The evidence behind a number: a panel with its formula, counts, clock and cases.

The number is named in the address (`detras`), so that the panel has its own link.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core.exports.csv_file import csv_text
from core.figures.base import evidence
from core.figures.base.evidence import SHOWN, Evidence, EvidenceRow, FigureRef
from core.figures.catalogue import FIGURES
from core.figures.pages.funnel import THROUGHPUT_DAYS as DAYS
from core.process.definition import phase_name, title
from core.process.terms import ROLE_NAMES, Channel, Flow, Kind
from ui.analysis.page import Study
from ui.shell.page_parts import part
from ui.widgets.case_table import chosen_code, state_name
from ui.words import labels
from ui.words.messages import plain, t, word

FIGURE = "detras"
LIST = ("code", "client", "phase", "state", "opened", "ended", "flow", "channel")


class Column(NamedTuple):
    """A column of exact numbers: its frame column, heading, formatter and figure.

    `named`: its values are names (of a phase, a month), which do not sort as numbers do.
    """

    name: str
    heading: str
    show: Callable[[Any], str] = str
    figure: str = ""
    named: bool = False


def numbers(key: str, frame: pd.DataFrame, columns: Sequence[Column], of: Callable[[Any, str], FigureRef]) -> None:
    """Draw exact numbers; choosing a cell opens its evidence. `of` gives the figure of a row (a dict) in a column."""
    table = st.dataframe(
        _styled(frame, columns),
        hide_index=True,
        height="content",
        placeholder=t("figure-none"),
        key=key,
        on_select="rerun",
        selection_mode="single-cell",
    )
    st.caption(t("table-hint"))
    cells = table.selection.cells
    if cells == st.session_state.get(f"{key}_done", []):
        return
    st.session_state[f"{key}_done"] = cells
    for row, heading in cells:
        column = next(item for item in columns if item.heading == heading)
        if column.figure:
            st.query_params[FIGURE] = str(of(frame.iloc[row].to_dict(), column.figure))


@part("the choice of a figure")
def ask(figures: Sequence[FigureRef]) -> None:
    """Draw the same as a list, for the figures at the top and for keyboard users."""
    names = labels.distinct({str(of): named(of) for of in figures})
    key = "home_ask"
    st.session_state[key] = None

    def chosen() -> None:
        if st.session_state[key]:
            st.query_params[FIGURE] = st.session_state[key]

    label, how = t("home-ask"), {"label_visibility": "collapsed", "width": 340}
    st.selectbox(  # type: ignore[call-overload]
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=label,
        key=key,
        on_change=chosen,
        **how,
    )


def panel(study: Study) -> None:
    """Draw the panel of the figure in the address, if any."""
    of = FigureRef.read(st.query_params.get(FIGURE, ""))
    if of and of.figure in FIGURES:
        st.dialog(plain(named(of)), width="large", on_dismiss=_close)(_draw)(study, of)


def named(of: FigureRef) -> str:
    """«Avanzaron · 3 Análisis Comercial»."""
    parts = [phase_name(of.phase)] if of.phase else []
    parts += [ROLE_NAMES[of.role]] if of.role else []
    parts += [_detail(of)] if of.detail else []
    return " · ".join([t(f"how-{_dashed(of.figure)}", days=DAYS), *parts])


def _detail(of: FigureRef) -> str:
    """The label of a figure's detail; a kind of work item is labelled by its title in that phase."""
    return title(Kind(of.detail), of.phase) if of.phase and of.detail in tuple(Kind) else of.detail


def explain(figures: Sequence[str]) -> None:
    """Draw the formula, exclusions and clock of each figure."""
    rows = [[*_explanation(name), t(f"clock-{FIGURES[name].clock}")] for name in figures]
    heads = [t("how-formula"), t("how-excluded"), t("how-clock")]
    st.table(pd.DataFrame(rows, index=[named(FigureRef(name)) for name in figures], columns=heads))
    st.caption(t("how-selection"))


def csv(rows: Sequence[EvidenceRow], study: Study) -> bytes:
    """The list of cases as CSV."""
    heads = [t(f"cases-{name}") for name in LIST]
    return csv_text([*heads, t("home-times")], ([*_row(row, study.fmt.stamp), row.times] for row in rows)).encode()


@part("what stands behind a figure")
def _draw(study: Study, of: FigureRef) -> None:
    figure = FIGURES[of.figure]
    with study.visit.db.reading() as connection:
        question = evidence.question_of(connection, of, study.selection, study.visit.now)
        result = evidence.evidence_of(connection, figure, question)
        rows = evidence.cases(connection, figure, question)
    _formula(study, result)
    if not rows:
        st.info(t("home-none"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):  # the right end belongs to the table's tools
        st.caption(t("home-newest", n=SHOWN) if len(rows) == SHOWN else t("home-all", n=len(rows)), width="content")
        st.download_button(
            t("home-csv"),
            partial(_csv, study, of),
            f"{of.figure}.csv",
            "text/csv",
            key="home_csv",
            on_click="ignore",
        )
    table = st.dataframe(
        _case_table(rows, study),
        hide_index=True,
        key="home_cases",
        on_select="rerun",
        selection_mode="single-row",
        column_config={t(f"cases-{name}"): st.column_config.Column(width=140) for name in ("opened", "ended")},
    )
    if code := chosen_code("home_cases", [row.code for row in rows], table.selection):
        st.switch_page("pages/caso.py", query_params={"caso": code})


def _formula(study: Study, result: Evidence) -> None:
    formula, excluded = _explanation(result.of.figure)
    st.markdown(f"**{t('how-formula')}:** {formula}")
    counts = " · ".join(f"{t(f'count-{_dashed(name)}')}: {study.fmt.number(n)}" for name, n in result.counts.items())
    st.markdown(counts)
    left = "; ".join(f"{t(f'count-{_dashed(name)}')}: {study.fmt.number(n)}" for name, n in result.excluded.items())
    st.markdown(f"**{t('how-excluded')}:** {excluded}{f' ({left})' if left else ''}")
    st.markdown(f"**{t('how-clock')}:** {t(f'clock-{result.clock}')}")
    st.caption(t("home-as-of", moment=study.fmt.moment(study.now)))


def _explanation(figure: str) -> list[str]:
    return [t(f"how-{_dashed(figure)}-{part}", days=DAYS) for part in ("formula", "excluded")]


def _csv(study: Study, of: FigureRef) -> bytes:
    with study.visit.db.reading() as connection:
        question = evidence.question_of(connection, of, study.selection, study.visit.now)
        return csv(evidence.cases(connection, FIGURES[of.figure], question, None), study)


def _row(row: EvidenceRow, moment: Callable[[int], str]) -> list[str]:
    return [
        row.code,
        row.client,
        phase_name(row.phase),
        state_name(row.outcome or "running"),
        moment(row.opened_at),
        moment(row.ended_at) if row.ended_at else "",
        word(Flow(row.flow)),
        word(Channel(row.channel)),
    ]


def _case_table(rows: Sequence[EvidenceRow], study: Study) -> pd.DataFrame:
    frame = pd.DataFrame([_row(row, study.fmt.moment) for row in rows], columns=[t(f"cases-{name}") for name in LIST])
    return frame.assign(**{t("home-times"): [row.times for row in rows]}) if any(r.times > 1 for r in rows) else frame


def _styled(frame: pd.DataFrame, columns: Sequence[Column]) -> Styler:
    """Numbers stay numbers, so that columns sort and align right, and are formatted for display."""
    values = {
        column.heading: [column.show(value) for value in frame[column.name]]
        if column.named
        else frame[column.name].to_numpy()
        for column in columns
    }
    return pd.DataFrame(values).style.format({column.heading: column.show for column in columns if not column.named})


def _close() -> None:
    st.query_params.pop(FIGURE, None)


def _dashed(code: str) -> str:
    return code.replace("_", "-")

"""Tables keep their roles and carry their headings into the cards of a narrow screen."""

from apps.core.presenters import Column, columns
from apps.core.tables import label_cells, table

ROW = '<tr class="x"><th scope="row">Tansy Bank</th><td class="r">5</td><td>1 day left</td></tr>'


def test_cells_get_their_role_and_their_columns_name():
    drawn = label_cells(ROW, ["School", "Waiting", "Least"])
    assert '<tr role="row" class="x">' in drawn
    assert '<th role="rowheader" class="t" scope="row" data-label="School">' in drawn
    assert '<td role="cell" class="r" data-label="Waiting">' in drawn
    assert '<td role="cell" data-label="Least">' in drawn


def test_every_row_starts_again_and_a_span_counts_its_columns():
    rows = ROW + '<tr><th scope="rowgroup" colspan="2">Health</th><td>x</td></tr>'
    drawn = label_cells(rows, ["School", "Waiting", "Least"])
    assert '<th role="rowheader" scope="rowgroup" colspan="2">Health' in drawn
    assert drawn.endswith('<td role="cell" data-label="Least">x</td></tr>')


def test_what_a_page_says_itself_stands():
    drawn = label_cells('<tr><td role="none" data-label="Mine">x</td></tr>', ["School"])
    assert drawn == '<tr role="row"><td role="none" data-label="Mine">x</td></tr>'


def test_cells_beyond_the_columns_have_no_name():
    assert label_cells("<tr><td>a</td><td>b</td></tr>", ["One"]).endswith('<td role="cell">b</td></tr>')


def test_columns_from_words():
    assert columns("Child|Points:r|Choose:nh") == [
        Column("Child"),
        Column("Points", "r"),
        Column("Choose", "n", hidden=True),
    ]


def test_a_hidden_heading_is_still_read_but_not_repeated_in_cards():
    drawn = table("<tr><td>x</td></tr>", "Choose:h", "Rows")
    assert '<span class="vcdb-hide">Choose</span>' in drawn and "data-label" not in drawn


def test_a_sorting_heading_says_its_order():
    drawn = table(
        ROW,
        [Column("School", href="?sort=school", sort="ascending"), "Waiting:r", "Least"],
        "Schools",
        "tight queue",
    )
    assert 'aria-sort="ascending"><a href="?sort=school">School</a>' in drawn
    assert "vcdb-table--tight vcdb-queue" in drawn
    assert '<caption class="vcdb-hide">Schools</caption>' in drawn


def test_markup_in_headings_is_escaped():
    assert "<b>" not in table("<tr><td>x</td></tr>", [Column("<b>")], "<b>")

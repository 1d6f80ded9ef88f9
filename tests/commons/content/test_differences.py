"""A text as blocks, and what changed from one version to the next."""

import pytest

from havre.commons.content.rules.blocks import Block, BlockKind, Run, blocks
from havre.commons.content.rules.differences import Difference, Mark, Piece, differences

BEFORE = """## Access

You sign in with your number.

We keep logs for six months.

- a phone
- a computer

## End

Nothing more.
"""


def changed(before: str, after: str) -> list[Difference]:
    return differences(blocks(before), blocks(after))


def text(pieces: tuple[Piece, ...], *marks: Mark) -> str:
    return "".join(piece.text for piece in pieces if not marks or piece.mark in marks)


def test_blocks_tell_headings_items_and_runs_apart() -> None:
    source = (
        "# T\n\nA **b** *c* [d](https://e.example).\n\n2. x\n3. y\n   - z\n\n"
        "| h | i |\n|---|---|\n| j | k |\n"
    )
    assert blocks(source) == [
        Block(BlockKind.HEADING, (Run("T"),), 1),
        Block(
            BlockKind.PARAGRAPH,
            (
                *(Run("A "), Run("b", strong=True), Run(" "), Run("c", emphasis=True)),
                *(Run(" "), Run("d"), Run(" (https://e.example)"), Run(".")),
            ),
        ),
        Block(BlockKind.ITEM, (Run("x"),), 1, 2),
        Block(BlockKind.ITEM, (Run("y"),), 1, 3),
        Block(BlockKind.ITEM, (Run("z"),), 2),
        Block(BlockKind.ROW, (Run("h"), Run(" | "), Run("i"))),
        Block(BlockKind.ROW, (Run("j"), Run(" | "), Run("k"))),
    ]


def test_markup_typed_as_text_stays_text() -> None:
    (block,) = blocks('<b>#import "x"</b>')
    assert block.text == '<b>#import "x"</b>'


def test_the_same_text_has_no_difference() -> None:
    assert changed(BEFORE, BEFORE) == []
    assert changed(BEFORE, BEFORE.replace("\n\n", "\n\n\n")) == []


def test_a_paragraph_that_changed_stands_beside_itself_with_its_words_marked() -> None:
    (one,) = changed(BEFORE, BEFORE.replace("six", "twelve"))
    assert one.under == ("Access",)
    assert text(one.before) == "We keep logs for six months."
    assert text(one.after) == "We keep logs for twelve months."
    assert (text(one.before, Mark.REMOVED), text(one.after, Mark.ADDED)) == ("six", "twelve")


def test_a_change_says_under_which_headings_it_stands() -> None:
    before = (
        "# One\n\n## Today\n\nHere.\n\n# Two\n\n### Deep\n\nA.\n\n## Today\n\nIt lasts six months."
    )
    (one,) = changed(before, before.replace("six", "twelve"))
    assert one.under == ("Two", "Today")


def test_a_paragraph_that_is_new_or_gone_stands_alone() -> None:
    new = BEFORE.replace("- a phone", "A tablet too, whatever its system may be.\n\n- a phone")
    (one,) = changed(BEFORE, new)
    assert (one.before, text(one.after, Mark.ADDED)) == (
        (),
        "A tablet too, whatever its system may be.",
    )
    (gone,) = changed(new, BEFORE)
    assert (text(gone.before, Mark.REMOVED), gone.after) == (
        "A tablet too, whatever its system may be.",
        (),
    )


@pytest.mark.parametrize(
    "after",
    [
        "",
        "## Access\n",
        BEFORE.replace("six", "12").replace("a phone", "a mobile phone").replace("more", "less"),
        "Something else altogether.\n\n- one\n",
    ],
)
def test_both_sides_are_whole_whatever_changed(after: str) -> None:
    found = changed(BEFORE, after)
    old, new = ([block.text for block in blocks(one)] for one in (BEFORE, after))
    assert [t for t in old if t not in new] == [
        text(one.before) for one in found if one.before and text(one.before) not in new
    ]
    assert [t for t in new if t not in old] == [
        text(one.after) for one in found if one.after and text(one.after) not in old
    ]

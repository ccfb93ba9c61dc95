"""The shift property: text put in front, paragraphs apart, shifts all spans and changes nothing else.

What stands in front of a text can speak of it: it can be its title, set its date, its subject, a heading's section, give
a name that is found again, or be so much wider that a line of the text seems to have been broken by width. So the
property holds, and is checked, where

- the text begins with a paragraph of running text (:data:`LEAD`), which leaves no line to be its title, and is longer
  than what is then looked at for it;
- what is put in front are whole paragraphs of running text, each set apart by an empty line, that hold no figure,
  numeral, time, name, quotation mark or word of status (:data:`NEUTRAL`);
- and none of them is longer than the paragraph with which the text begins.

The ids of records are of the whole text, and so not compared.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from extractor import Record, extract

LEAD = (
    "大家坐在树下慢慢聊着，风轻轻吹过，谁也不愿先走，直到天色暗了下来，才各自收拾东西往回走，"
    "沿途还说个不停，笑声飘得很远，连路边的狗也跟着叫了起来。\n\n"
)
_FOR_A_TITLE = 60  # characters at the beginning of a text that stand for the title that it has not
NEUTRAL = [
    "大家听了都点头称是。",
    "孩子们笑着跑过，路边的花开得正好。",
    "他说得很慢，也很认真。",
    "窗外下起了雨，屋里格外安静。",
    "老人把茶端上来，请客人尝尝！",
    "这话听来有些道理？",
]
assert max(*map(len, NEUTRAL), _FOR_A_TITLE) <= len(LEAD.strip())


def fronts() -> st.SearchStrategy[str]:
    """What can be put in front of a text."""
    ends = st.sampled_from(["\n\n", "\n\n\n", "\n \n", "\r\n\r\n"])
    paragraphs = st.tuples(st.sampled_from(NEUTRAL), ends).map("".join)
    return st.lists(paragraphs, min_size=1, max_size=4).map("".join)


def check_shift(text: str, front: str) -> None:
    """What must hold for ``text`` with ``front`` before it.

    Raises:
        AssertionError: more than the spans has changed.
    """
    alone = [_told(record, 0) for record in extract(LEAD + text)]
    behind = [_told(record, len(front)) for record in extract(front + LEAD + text)]
    assert behind == alone, "what is put in front changes more than the spans"


def _told(record: Record, shift: int) -> dict[str, Any]:
    """All that a record says but its id, with spans as if so many characters were not there."""
    said: dict[str, Any] = _moved(record.model_dump(mode="json", exclude={"id"}), shift)
    return said


def _moved(value: Any, shift: int) -> Any:
    if isinstance(value, list):
        return [_moved(each, shift) for each in value]
    if isinstance(value, dict):
        return {key: each - shift if _is_place(key, each) else _moved(each, shift) for key, each in value.items()}
    return value


def _is_place(key: str, value: Any) -> bool:
    return key in ("start", "end", "sentence_start", "sentence_end") and value is not None

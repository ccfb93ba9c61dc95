"""The lists of names in the rules: what they must hold, and that each entry stands once."""

from __future__ import annotations

import pytest

from extractor.rulebook import load

RULES = load()


def simplified(text: str) -> str:
    return text.translate(str.maketrans(RULES.traditional))


@pytest.mark.parametrize(
    ("traditional", "plain"),
    [
        ("本港零售業總銷貨價值", "本港零售业总销货价值"),
        ("衞生署、滙豐、羣眾、裏面、綫路", "卫生署、汇丰、群众、里面、线路"),
        ("臺灣週邊佔比", "台湾周边占比"),
        ("著作、乾隆、甚至、覆盖、瞭望", "著作、乾隆、甚至、覆盖、瞭望"),  # right in simplified text too
    ],
)
def test_traditional_characters(traditional: str, plain: str) -> None:
    assert simplified(traditional) == plain


def test_no_simplified_form_is_itself_traditional() -> None:
    assert len(RULES.traditional) > 2900
    assert not set(RULES.traditional) & set(RULES.traditional.values())

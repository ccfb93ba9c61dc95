"""Time must grow like the length of the text: each generator at n and at 2n, and news of half a megabyte and of one.

    python tests/bench/scaling.py [ROUNDS]

The least of several runs after start-up, in one process. The goal: twice the text takes at most 2.2 times the time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

from extractor import Pipeline

_ROUNDS = 3
_TODAY = date(2021, 4, 20)
_GOAL = 2.2
_MEGABYTE = 1_000_000  # characters
_SAMPLES = Path(__file__).parents[2] / "samples"
_SURNAMES, _SECONDS, _THIRDS = "石白青龙凤云高长大金", "桥岭溪山江湖河川原沙", "东西南北上下新古前后"

Generator = Callable[[int], str]

# What is said in words of ``n`` repetitions; the numbers are so chosen that all take a time that can be measured.
GENERATORS: dict[str, tuple[int, Generator]] = {
    "digits, 亿元": (50_000, lambda n: "9" * n + "亿元"),
    "digits": (50_000, lambda n: "9" * n),
    "decimals": (50_000, lambda n: "0." + "1" * n + "亿元"),
    "一 … 元": (50_000, lambda n: "一" * n + "元"),
    "1,234,234…元": (12_500, lambda n: "1" + ",234" * n + "元"),
    "GDP、GDP … 分别为": (6_400, lambda n: "GDP" + "、GDP" * n + "分别为3亿元"),
    "GDP达3亿元, (one sentence)": (3_200, lambda n: "GDP达3亿元，" * n),
    "3亿元 3亿元 … (one sentence)": (8_000, lambda n: "全市生产总值" + "3亿元 " * n),
    "3亿元，共计5亿元，(one sentence)": (4_000, lambda n: "关于医疗费，甲费3亿元，乙费2亿元" + "，共计5亿元" * n),
    "产量4万吨，3亿元，(one sentence)": (2_400, lambda n: "产量4万吨，3亿元，" * n),
    "GDP达3亿元。(one paragraph)": (3_200, lambda n: "GDP达3亿元。" * n),
    "GDP达3亿元。\\n": (3_200, lambda n: "GDP达3亿元。\n" * n),
    "3亿元\\n": (6_400, lambda n: "3亿元\n" * n),
    "三分之一": (6_400, lambda n: "三分之一" * n),
    "全市营业收入3亿元。\\n": (3_200, lambda n: "全市营业收入3亿元。\n" * n),
    "公司营业收入3亿元。(one paragraph)": (3_200, lambda n: "公司营业收入3亿元。" * n),
    "同比同比 … 增长5%": (6_400, lambda n: "同比" * n + "增长5%。"),
    "初坑、初坑 … 等村": (6_400, lambda n: "、".join(["初坑"] * n) + "等村3亿元"),
    "news": (_MEGABYTE // 2, lambda n: news(n)),
    "news, one paragraph": (_MEGABYTE // 2, lambda n: news(n).replace("\n", "")),
}


def news(length: int) -> str:
    """So many characters of the samples, again and again; each time the towns, and with them the facts, are others."""
    parts: list[str] = []
    written = 0
    for sample, name in zip(cycle(_texts()), _names(), strict=False):
        part = sample.replace("镇", f"{name}镇") + "\n\n"
        parts.append(part)
        written += len(part)
        if written >= length:
            break
    return "".join(parts)[:length]


def _texts() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(_SAMPLES.glob("*.txt"))]


def _names() -> Iterator[str]:
    return cycle([a + b + c for a in _SURNAMES for b in _SECONDS for c in _THIRDS])


def fastest(pipeline: Pipeline, text: str, rounds: int) -> float:
    """The least time in seconds of ``rounds`` runs."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()  # the time of this process alone: the machine may be shared
        pipeline.run(text, _TODAY)
        best = min(best, time.process_time() - start)
    return best


def main(rounds: int) -> None:
    """Print a table; a mark stands where a ratio is beyond the goal."""
    pipeline = Pipeline()
    pipeline.run(news(10_000), _TODAY)
    print(f"{'characters':>10s} {'seconds':>8s} {'twice':>8s} {'ratio':>6s}  text")
    for name, (size, make) in GENERATORS.items():
        text, double = make(size), make(2 * size)
        once, twice = fastest(pipeline, text, rounds), fastest(pipeline, double, rounds)
        ratio = twice / once * (2 * len(text) / len(double))
        mark = "  <- more than the goal" if ratio > _GOAL else ""
        print(f"{len(text):10d} {once:8.3f} {twice:8.3f} {ratio:6.2f}  {name}{mark}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS)

"""``python -m extractor`` is ``zhfacts``."""

import sys


def run() -> None:
    """The command; Ctrl-C is quiet also while it is being imported."""
    try:
        from .interrupt import never_lose

        never_lose()
        from .cli import main

        main(prog_name="zhfacts")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()

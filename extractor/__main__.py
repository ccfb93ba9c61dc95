"""``python -m extractor`` is ``zhfacts``."""

from .interrupt import end_at_once


def run() -> None:
    """The command."""
    end_at_once()
    from .cli import main

    main(prog_name="zhfacts")


if __name__ == "__main__":
    run()

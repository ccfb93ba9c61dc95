"""``python -m extractor`` is ``zhfacts``."""

from .interrupt import end_at_once, ended


def run() -> None:
    """The command."""
    end_at_once()
    from .cli import main

    try:
        main(prog_name="zhfacts")
    finally:
        ended()


if __name__ == "__main__":
    run()

"""``python -m extractor`` is ``zhfacts``."""

from .cli import main

if __name__ == "__main__":
    main(prog_name="zhfacts")

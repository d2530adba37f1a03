"""`python -m qa` and the console script `juewen`."""

from __future__ import annotations

from qa.quiet import silence


def main() -> None:
    """Run the command line; exits with 0, 1 (something failed) or 2 (wrong usage)."""
    silence()
    from qa.cli import run

    run()


if __name__ == "__main__":
    main()

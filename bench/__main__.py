"""`python -m bench [--runs N] [SIZE …]`: imports of each size, rights, the turn of the year, accounts, messages, large files; writes `docs/benchmarks*.md`."""

import argparse

from bench import boxes, crowds, listing, page, public, rollover, sending, series, server, sharing

SIZES = (10_000, 100_000)


def runs_for(size: int) -> int:
    """Small sets vary most and cost least."""
    return 5 if size <= 20_000 else 3 if size <= 200_000 else 1


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE", help="people, about")
    parser.add_argument("--runs", type=int, help="runs of each size (5, 3 or 1 by size)")
    parser.add_argument("--no-rights", action="store_true", help="imports alone")
    asked = parser.parse_args()
    with server.started() as own:
        for size in asked.sizes:
            page.keep(size, series.series(own, size, asked.runs or runs_for(size)))
        if not asked.no_rights:
            sharing.keep(sharing.measure(own))
            rollover.keep(rollover.measure(own))
            told = crowds.measure(own, {1_000: [listing.MODULE], 100_000: [listing.MODULE, boxes.MODULE]})
            listing.keep(told[listing.MODULE])
            boxes.keep(told[boxes.MODULE])
            sending.keep(sending.measure(own))
            public.keep(public.measure(own))
    print(page.PAGE.read_text())
    if not asked.no_rights:
        print(sharing.PAGE.read_text())
        print(rollover.PAGE.read_text())
        print(listing.PAGE.read_text())
        print(boxes.PAGE.read_text())
        print(sending.PAGE.read_text())
        print(public.PAGE.read_text())


if __name__ == "__main__":
    main()

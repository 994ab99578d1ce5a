"""A process of its own that reads files and hands over what they hold: `python -m feeds.reading`.

`feeds.copying` starts it, on its standard input says what reads a file, then the arguments of one file after
another, and hears on its standard output, all pickled: ("rows", texts by relation, records) for each batch,
then ("done", anomalies) or ("failed", error). It knows neither Django nor the database, so it is at work
within a tenth of a second, and may be started by a worker whose own children are forbidden to have any.
"""

import pickle
import sys
from collections.abc import Callable, Iterator

from feeds.copytext import encode
from feeds.read.rows import Anomaly, Batch

Read = Callable[..., Iterator[Batch]]


def main() -> None:
    words, answers = sys.stdin.buffer, sys.stdout.buffer
    read: Read = pickle.load(words)  # what our own parent says  # noqa: S301
    while True:
        try:
            file = pickle.load(words)  # noqa: S301
        except EOFError:
            return
        anomalies: list[Anomaly] = []
        try:
            for batch in read(*file):
                anomalies.extend(batch.anomalies)
                pickle.dump(("rows", encode(batch), batch.records), answers, protocol=5)
                answers.flush()
        except BrokenPipeError:
            return
        except Exception as error:  # any of them is the parent's to tell
            answers.write(_portable(error))
        else:
            pickle.dump(("done", anomalies), answers)
        answers.flush()


def _portable(error: Exception) -> bytes:
    """An error that does not travel is told by its text."""
    try:
        return pickle.dumps(("failed", error))
    except (pickle.PicklingError, TypeError, AttributeError):
        return pickle.dumps(("failed", RuntimeError(repr(error))))


if __name__ == "__main__":
    main()

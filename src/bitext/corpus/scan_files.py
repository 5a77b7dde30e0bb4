"""Files → Scan: the articles of files, to be read batch by batch."""

from pathlib import Path

from bitext.checked import checked
from bitext.corpus.read import checked_options
from bitext.corpus.scan import LARGEST, Scan
from bitext.engines import engine as engines
from bitext.errors import BitextError
from bitext.reading import paths as files
from bitext.reading import remote
from bitext.reading.documents import Asked
from bitext.reading.splits import ReadOptions
from bitext.record import run_record, shareable

#: Bytes of input in a portion at least.
SMALLEST = 200_000
#: Portions per worker that there should be at least, so that all are busy to the end.
_SHARES = 12


@checked
def scan(
    *paths: str | Path,
    text: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
    author: str | None = None,
    day_first: bool | None = None,
    encoding: str | None = None,
    lang: str | None = None,
    html: str = "own",
    engine: object = None,
    workers: int = 1,
    cache: str | Path | None = None,
    size: int | None = None,
) -> Scan:
    """Read articles lazily: like `bitext.read`, for more articles than fit into memory.

    `bitext.tokenize`, `count`, `keywords`, `keyness`, `stance`, `evidence`, `naming`, `glossary`,
    `duplicates` and `compare` accept the result. They hold one batch of articles per worker, and sums of the
    groups or a little of each article. The numbers are those of the same calls on `bitext.read`, whatever the
    engine, the size of the batches and their order.

    Args:
        *paths: as for `bitext.read`; addresses are read by the workers.
        text: column of tables, as are *outlet*, *title*, *date*, *url* and *author*; see `bitext.read`.
        outlet: column, or the outlet of all, or "folder" or "file".
        title: column.
        date: column.
        url: column.
        author: column.
        day_first: whether 03/04/2025 in a table is 3 April; by default told from all cells of the column.
        encoding: encoding of all files.
        lang: "zh" or "en" for all articles; by default told from each text.
        html: "own" or "trafilatura".
        engine: where batches run: "serial" (this process), "processes", "dask", or a
            `dask.distributed.Client`. None is "processes" where *workers* is above 1.
        workers: number of processes.
        cache: folder that keeps parsed batches; a second run, or one after a crash, reads only what changed.
        size: bytes of input read at a time; no result depends on it.

    Returns:
        A `Scan`.

    Raises:
        CorpusError: a path does not exist.
        BitextError: an argument is not one of the accepted values.

    Examples:
        >>> import bitext
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     _ = Path(folder, "a.txt").write_text("Chips matter. Chips sell.")
        ...     table = bitext.keywords(scan(folder, outlet="A"), top=1)
        >>> table[["outlet", "term", "n"]].values.tolist()
        [['A', 'chips', 2]]
    """
    columns = {"text": text, "outlet": outlet, "title": title, "date": date, "url": url, "author": author}
    engines.check(engine, workers)
    if size is not None and size < 1:
        raise BitextError(f"size is {size}; it has to be 1 byte or more")
    options = checked_options(lang, html, workers)
    found = files.collect(paths)
    options.hosts = found.hosts
    reading = ReadOptions(Asked(columns, encoding, outlet or "", day_first, found.flat), options)
    run = run_record(
        "scan",
        paths=[shareable(remote.redacted(path)) for path in paths],
        encoding=encoding,
        lang=lang,
        html=html,
    )
    return Scan(
        found,
        reading,
        engine,
        workers,
        Path(cache) if cache is not None else None,
        size or _size(found, workers, lasting=cache is not None),
        run=run,
    )


def _size(found: files.Inputs, workers: int, *, lasting: bool) -> int:
    """Return bytes per portion: few large ones, but enough for all workers; for a cache always the same."""
    if lasting:
        return SMALLEST * 4
    total = sum(remote.size(path) or 0 for path, _ in found.files)
    return min(LARGEST, max(SMALLEST, total // (_SHARES * workers)))

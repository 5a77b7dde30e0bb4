"""Batches on a Dask cluster: read there, aggregated there in a tree, retried there."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

from bitext.engines.reduction import FAN_IN, Done, Reduction
from bitext.engines.worker import named
from bitext.errors import BitextError

A = TypeVar("A")
B = TypeVar("B")

#: How often Dask tries a batch again, after an error or the loss of a worker.
RETRIES = 3


class Cluster:
    """Everything on the workers of a `dask.distributed.Client`.

    Args:
        client: the Client; None takes the one of this process, and starts a `LocalCluster` where there is
            none, to be closed at the end.
        workers: of that LocalCluster.
    """

    def __init__(self, client: Any = None, workers: int = 1) -> None:
        try:
            import distributed
        except ImportError:
            raise BitextError.extra("engine='dask'", "dask") from None
        if client is None:
            try:
                client = distributed.get_client()
            except ValueError:
                client = None
        elif not isinstance(client, distributed.Client):
            raise BitextError(f"engine must be a name or a dask.distributed.Client, not {client!r}")
        self._given = client is not None
        self._client = client
        self._workers = workers

    def __enter__(self) -> "Cluster":
        if not self._given:
            from distributed import Client, LocalCluster

            cluster = LocalCluster(n_workers=self._workers, threads_per_worker=1, dashboard_address=None)
            self._client = Client(cluster)
        return self

    def __exit__(self, *_: object) -> None:
        if not self._given:
            cluster = self._client.cluster
            self._client.close()
            cluster.close()

    @property
    def here(self) -> bool:
        """Whether all workers have addresses that only this machine reaches, as those of a `LocalCluster`."""
        workers = list(self._client.nthreads())
        local = ("inproc://", "tcp://127.0.0.1:", "tcp://[::1]:")
        return bool(workers) and all(str(address).startswith(local) for address in workers)

    def map(self, function: Callable[[A], B], batches: Iterable[A]) -> Iterator[B]:
        """Yield the results in the order of the batches."""
        futures = self._client.map(partial(named, function), list(batches), retries=RETRIES, pure=False)
        for future in futures:
            yield future.result()

    def reduce(
        self, reduction: Reduction[A, B, Any], batches: Iterable[A], done: Done | None = None
    ) -> B | None:
        """Return all partial results as one; added up where they are, `FAN_IN` at a time: one comes back."""
        futures = self._client.map(
            partial(named, reduction.chunk), list(batches), retries=RETRIES, pure=False
        )
        while len(futures) > 1:
            groups = [futures[i : i + FAN_IN] for i in range(0, len(futures), FAN_IN)]
            futures = [
                self._client.submit(reduction.aggregate, group, retries=RETRIES, pure=False)
                for group in groups
            ]
        result = futures[0].result() if futures else None
        if done:
            done(0, result)  # single batches are the dashboard's business
        return result

    def rest(self) -> None:
        """Whoever runs the cluster says what its workers may hold."""

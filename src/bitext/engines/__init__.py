"""Where batches run: this process, a process pool, Dask. Knows nothing about text."""

"""Messages arrive whole or not at all; a worker without work goes."""

import os
import queue
import threading
from collections.abc import Iterator
from io import FileIO

import numpy as np
import pytest

from bitext.engines import wire, worker


@pytest.fixture
def pipe() -> Iterator[tuple[FileIO, FileIO]]:
    read, write = os.pipe()
    with FileIO(read, "r") as reader, FileIO(write, "w") as writer:
        yield reader, writer


def sent(pipe: tuple[FileIO, FileIO], value: object) -> object:
    read, write = pipe
    thread = threading.Thread(target=wire.send, args=(write, wire.pack(value)))
    thread.start()
    message = wire.receive(read)
    thread.join()
    assert message
    return message.value()


@pytest.mark.parametrize("size", [0, 10, 5_000, 300_000])
def test_a_value_arrives_as_it_was(pipe: tuple[FileIO, FileIO], size: int) -> None:
    value = [np.arange(size), "甲" * size, {"a": np.ones((size, 2), order="F")}]
    one, text, other = sent(pipe, value)  # type: ignore[misc]
    assert np.array_equal(one, np.arange(size))
    assert text == "甲" * size
    assert np.array_equal(other["a"], np.ones((size, 2)))


def test_the_end_is_none_even_in_the_middle_of_a_message(pipe: tuple[FileIO, FileIO]) -> None:
    read, write = pipe
    message = b"".join(bytes(part) for part in wire.pack("x" * 100))
    write.write(b"\1" + b"\0" * 7 + b"\xff" + b"\0" * 7 + message)
    write.close()
    assert wire.receive(read) is None
    assert wire.receive(read) is None


def test_nobody_there_to_read_is_an_error(pipe: tuple[FileIO, FileIO]) -> None:
    read, write = pipe
    read.close()
    with pytest.raises(OSError, match="Broken pipe"):
        wire.send(write, wire.pack(1))


def test_a_worker_without_work_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "IDLE", 0.1)
    monkeypatch.setattr(worker, "_listen", lambda *_: None)
    answers = queue.SimpleQueue[object]()
    monkeypatch.setattr(wire, "send", lambda _, parts: answers.put(wire.Message(*parts).value()))
    worker._answer_all(FileIO(0, closefd=False), FileIO(1, "w", closefd=False))
    assert answers.get() == "ready"

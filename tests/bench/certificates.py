"""P8: a certificate beside the bare compile of its page, and what a seal adds. No database is asked.

Typst remembers what it has compiled: each page differs by its reference, person and code, the control's from
ours too, so that each is compiled as the first of its kind in a process that is warm.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from havre.foundation.pdf import engine
from havre.foundation.pdf.seal import Seal, seal_from
from havre.journeys.certificates.document import CertificateFacts, Proof, certificate_pdf
from havre.project.own_seal import own_seal
from tests.bench.figures import Figure, Spread, Void, ratios
from tests.journeys.certificates.builders import CREATED, the_facts

GOAL, SEAL_GOAL = 1.5, 25.0
RUNS, ROUNDS, WARM = 5, 30, 5
AGREE = 0.05
_numbers = count(1)
Compile = Callable[[], bytes]


def measure() -> tuple[Figure, Figure]:
    """The processor time of each, in turns, so that what disturbs a machine disturbs all alike."""
    with TemporaryDirectory() as folder:
        seal = _seal(Path(folder))
        told = [_run(seal) for _run_number in range(RUNS + 1)][1:]  # the first one warms
    ours, control, again, sealing = (Spread(times) for times in zip(*told, strict=True))
    apart = ratios(again.values, control.values)
    if abs(apart.median - 1) > AGREE:
        raise Void(f"the control of P8 is {apart.told()} times itself")
    ratio = ratios(ours.values, control.values)
    plain = certificate_pdf(_facts(), language="fr", created=CREATED, proof=_proof())
    sealed = seal.apply(plain, label="Cachet", name="X")
    return (
        Figure(
            "P8",
            "a certificate with its code / bare compile of its page, CPU",
            ratio.told(),
            f"≤ {GOAL}",
            ratio.median <= GOAL,
            (
                f"certificate {ours.told('.1f')} ms, control {control.told('.1f')} ms,"
                f" control against itself {apart.told()}",
            ),
        ),
        Figure(
            "P8",
            "what a seal adds, CPU",
            f"{sealing.told('.1f')} ms",
            f"≤ {SEAL_GOAL:.0f} ms",
            sealing.median <= SEAL_GOAL,
            (f"{len(plain) / 1000:.1f} kB without, {len(sealed) / 1000:.1f} kB with",),
        ),
    )


def _run(seal: Seal) -> tuple[float, float, float, float]:
    """Medians in milliseconds: ours, the control, the control again, the seal."""
    times: list[tuple[float, ...]] = []
    for turn in range(WARM + ROUNDS):
        control, again = _bare(), _bare()
        pdfs: list[bytes] = []
        ways: list[Callable[[], object]] = [
            lambda kept=pdfs: kept.append(_ours()),  # type: ignore[misc]
            control,
            again,
        ]
        turned = turn % len(ways)
        took = dict.fromkeys(range(len(ways)), 0.0)
        for way in (*range(turned, len(ways)), *range(turned)):
            took[way] = _cpu(ways[way])
        sealing = _cpu(lambda kept=pdfs: seal.apply(kept[0], label="Cachet", name="X"))
        times.append((*took.values(), sealing))
    ours, bare, twice, sealed = (Spread(one).median for one in zip(*times[WARM:], strict=True))
    return ours, bare, twice, sealed


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def _ours() -> bytes:
    return certificate_pdf(_facts(), language="fr", created=CREATED, proof=_proof())


def _bare() -> Compile:
    """The compile of a page put together before: what Typst is given, and nothing of ours around it."""
    given: list[tuple[Any, ...]] = []

    def noted(_press: object, *page: Any) -> bytes:
        given.append(page)
        return b""

    with patch.object(engine._Press, "print", noted):
        _ours()
    ((source, page, created),) = given
    compiler = engine._press()._compiler
    return lambda: bytes(
        compiler.compile(
            input=source.encode(),
            format="pdf",
            sys_inputs={"page": page},
            pdf_standards=[engine.ARCHIVE, engine.ACCESSIBILITY],
            timestamp=int(created.timestamp()),
        )
    )


def _facts() -> CertificateFacts:
    number = next(_numbers)
    return replace(
        the_facts(),
        reference=f"ATT-20261122-{number:08d}",
        person_name=f"Inès Lemaire-{_letters(number)}",
    )


def _proof() -> Proof:
    token = f"{_letters(next(_numbers)):A<26}"
    return Proof(address=f"https://members.large.example/fr/check/{token}", sealed=True)


def _letters(number: int) -> str:
    return "".join(_digits(number)).capitalize()


def _digits(number: int) -> Iterator[str]:
    while number:
        number, digit = divmod(number, 26)
        yield "abcdefghijklmnopqrstuvwxyz"[digit]


def _seal(folder: Path) -> Seal:
    made = own_seal(folder, name="Assurances du Large", now=datetime.now(UTC))
    seal = seal_from(Path(made["SEAL_KEY_FILE"]), Path(made["SEAL_CERTIFICATE_FILE"]))
    if seal is None:
        raise Void("no seal was made")
    return seal

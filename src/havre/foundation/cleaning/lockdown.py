"""Shutting a process in: little memory, little time, and of the system's calls only those that compute.

The memory and the time are bounded everywhere. On Linux (x86-64 and arm64) a seccomp filter also
answers EPERM to every call that is not listed: no file is opened, no address reached, no program
started. It is a list of what is allowed, so that a call which a later kernel brings is refused too.
"""

import ctypes
import os
import platform
import resource
import struct
import sys

MEMORY = 1024 * 1024 * 1024
_OUTPUT = 128 * 1024 * 1024

_LOAD, _EQUALS, _HAS_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _REFUSE, _NO_SUCH_CALL, _KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
_NUMBER_AT, _MACHINE_AT, _FLAGS_AT = 0, 4, 16
_CLONE_THREAD = 0x00010000
_SET_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2
_SET_DUMPABLE = 4

# By machine: its mark, `clone` (threads only), `clone3` (so that the C library takes `clone`), and the rest:
# read write close fstat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn mremap
# madvise getpid gettid exit exit_group futex sched_yield sched_getaffinity clock_gettime clock_nanosleep
# nanosleep getrandom set_robust_list rseq sigaltstack tgkill restart_syscall sysinfo poll (ppoll)
_X86_64 = (
    "0 1 3 5 8 9 10 11 12 13 14 15 25 28 39 186 60 231 202 24 204 228 230 35 318 273 334 131 234 "
    "219 99 7"
)
_ARM64 = (
    "63 64 57 80 62 222 226 215 214 134 135 139 216 233 172 178 93 94 98 124 123 113 115 101 278 99 293 132 "
    "131 128 179 73"
)
_MACHINES = {
    "x86_64": (0xC000003E, 56, 435, _X86_64),
    "aarch64": (0xC00000B7, 220, 435, _ARM64),
}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def shut_in(*, seconds: int) -> None:
    """From here on this process computes, reads what is open, writes what is open, and ends."""
    _bound(resource.RLIMIT_AS, MEMORY)
    _bound(resource.RLIMIT_CPU, seconds)
    _bound(resource.RLIMIT_FSIZE, _OUTPUT)
    _bound(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux" and platform.machine() in _MACHINES:
        _filter_calls(platform.machine())


def _bound(what: int, most: int) -> None:
    _soft, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))


def _filter_calls(machine: str) -> None:
    program = b"".join(_instructions(machine))
    buffer = ctypes.create_string_buffer(program)
    told = _Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    library = ctypes.CDLL(None, use_errno=True)
    for call in (
        (_SET_DUMPABLE, 0, 0, 0, 0),
        (_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_SET_SECCOMP, _FILTER, ctypes.byref(told), 0, 0),
    ):
        if library.prctl(*call):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _instructions(machine: str) -> list[bytes]:
    """A program of the classic BPF: the number of the call against the list."""
    mark, clone, clone3, allowed = _MACHINES[machine]
    program = [
        _one(_LOAD, _MACHINE_AT),
        _one(_EQUALS, mark, 1, 0),
        _one(_RETURN, _KILL),
        _one(_LOAD, _NUMBER_AT),
        _one(_EQUALS, clone3, 0, 1),
        _one(_RETURN, _NO_SUCH_CALL),
        _one(_EQUALS, clone, 0, 4),
        _one(_LOAD, _FLAGS_AT),
        _one(_HAS_BIT, _CLONE_THREAD, 0, 1),
        _one(_RETURN, _ALLOW),
        _one(_RETURN, _REFUSE),
    ]
    for number in map(int, allowed.split()):
        program += [_one(_EQUALS, number, 0, 1), _one(_RETURN, _ALLOW)]
    return [*program, _one(_RETURN, _REFUSE)]


def _one(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)

"""Serving: worker processes that share one listening socket, watched by a supervisor that serves nothing itself.

A detector that holds the interpreter cannot be timed out from inside its process, so each worker proves from its
event loop, once a second, that it is alive. One that has been silent for too long, or has died, is replaced while
the others serve on; the listening socket belongs to the supervisor, so waiting callers lose nothing.

Workers are forked from a supervisor that has loaded the plugins: a replacement is ready in milliseconds, and models
are in memory once. For that the supervisor runs no event loop and no thread. SIGTERM lets workers finish open
streams; SIGHUP starts the whole program anew behind the same socket (new code, new configuration), which takes the old
workers over and lets them finish once it has workers of its own.
"""

from __future__ import annotations

__all__ = ["serve", "serve_here"]

import asyncio
import contextlib
import gc
import os
import resource
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from masker.core.policy import Policy
from masker.errors import ConfigError, StoreUnavailable
from masker.proxy.beside import TURNS, longest_step
from masker.proxy.listening import Stop, serve_app, server_config
from masker.proxy.logs import configure_logging, describe, logger
from masker.proxy.transport import check_tls
from masker.proxy.upstream import check_providers

if TYPE_CHECKING:
    import httpx

    from masker.host.engine import Engine
    from masker.host.settings import Settings

#: Seconds that open streams get after SIGTERM.
GRACE: Final = 30.0
#: ... and those of a worker whose place another one took: replies that were begun before a reload come to their end.
RETIREMENT: Final = 900.0
#: Seconds before their end at which streams that are still open are told so.
_LAST_WORDS: Final = 1.0
#: Seconds between two signs of life of a worker.
_HEARTBEAT: Final = 1.0
#: Seconds of silence, beyond the detection timeout, after which a worker counts as hung.
_SILENCE: Final = 10.0
#: Seconds a new worker has to open its stores.
_STARTUP: Final = 30.0
#: Seconds to wait before replacing a worker that died soon after its start, so that a crash loop does not spin.
_RESTART_PAUSE: Final = 1.0
_LISTEN_BACKLOG: Final = 2048
#: Seconds in which a client must take some of what was sent to it; else its connection is cut, and its upstream's.
_UNREAD: Final = 60
#: A long call makes some ten thousand objects, nearly all of which die without the collector's help.
_GC_THRESHOLDS: Final = (20_000, 20, 20)
#: Exit status of a worker whose database or Redis could not be reached.
_EXIT_STORE: Final = 5
_EXIT_CONFIG: Final = 3
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
#: Tells a worker of the program before a reload to take no more callers.
_RETIRE: Final = signal.SIGUSR1
#: Seconds that the trial run of a reload may take.
_TRIAL_TIME: Final = 60.0
#: How a program that starts anew hands its sockets and workers on, and how it asks for a trial run.
_INHERITED: Final = "_MASKER_LISTENERS"
_WORKERS: Final = "_MASKER_WORKERS"
_TRIAL: Final = "_MASKER_TRIAL"
_FOLDER: Final = "_MASKER_METRICS_FOLDER"
#: Seconds after which a turn that takes half of one at most tells that the machine, or we, stood still.
_STANDSTILL: Final = 3.0
_WITHOUT_METRICS: Final = "without metrics"
#: With which a trial run ends that went well: 0 is what anything ends with that stops short of it.
_PASSED: Final = 75


def listen(address: str, setting: str = "listen_addr") -> socket.socket:
    """Return a listening socket.

    Args:
        address: ``HOST:PORT``; port 0 takes a free one.
        setting: What to call it if it cannot be bound.

    Raises:
        ConfigError: It cannot be bound.
    """
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Inherited by accepted connections: a token must not wait for the next one to fill a packet.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # Inherited, too: a client that is gone without a word, or reads nothing, must not hold us for ever.
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNREAD * 1000)
        listener.bind((host, int(port)))
        listener.listen(_LISTEN_BACKLOG)
    except (OSError, UnicodeError, TypeError) as error:  # what is no name of a host is one of the latter
        listener.close()
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ConfigError(f"{setting}: {address} cannot be bound ({reason})") from error
    listener.setblocking(False)
    return listener


def settle_memory() -> None:
    """Take everything that start-up made out of the garbage collector's sight, and let it look less often.

    Plugins hold hundreds of thousands of objects that live as long as the process; walking them would stop every
    stream for tens of milliseconds. Frozen before workers are forked, they also stay shared between them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)


def new_event_loop() -> asyncio.AbstractEventLoop:
    """Return a uvloop where there is one, else asyncio's own."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


async def run_app(
    settings: Settings,
    engine: Engine,
    listener: socket.socket,
    stop: Stop,
    *,
    metrics_listener: socket.socket | None = None,
    stub: httpx.AsyncBaseTransport | None = None,
    on_ready: Callable[[], None] | None = None,
    shared: bool = False,
) -> None:
    """Serve on a socket in the running event loop until told to stop, then until open streams have ended.

    Args:
        settings: The process's settings.
        engine: Masks and rehydrates.
        listener: Where callers connect; closed when told to stop.
        stop: When set, no new connections are taken, and open replies get the time that it tells.
        metrics_listener: Where Prometheus connects.
        stub: Answers for the upstream ``stub``.
        on_ready: Called once everything is open.
        shared: Whether other workers serve on the same socket.

    Raises:
        StoreUnavailable: The database or Redis cannot be reached.
    """
    from masker.proxy.app import create_app, open_services
    from masker.proxy.metrics import metrics_app

    sys.setswitchinterval(TURNS)
    async with open_services(settings, engine, stub=stub) as services:
        app = create_app(services)
        servers = [serve_app(app, listener, server_config(), stop, shared=shared)]
        if metrics_listener is not None:
            servers.append(serve_app(metrics_app(services.metrics), metrics_listener, server_config(), stop))
        if on_ready:
            on_ready()

        async def cut_late() -> None:
            await stop.over(min(_LAST_WORDS, stop.grace / 2))
            services.upstreams.cut()

        cutting = asyncio.create_task(cut_late())
        await asyncio.gather(*servers)
        cutting.cancel()


def serve_here(
    settings: Settings,
    engine: Engine,
    *,
    bind: str | None = None,
    stub: httpx.AsyncBaseTransport | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve in this process, unsupervised, until SIGTERM or SIGINT: what ``masker quickstart`` does.

    Args:
        settings: The process's settings.
        engine: Masks and rehydrates.
        bind: ``HOST:PORT``; default: the settings' listen address.
        stub: Answers for the upstream ``stub``.
        on_ready: Called with the address once calls are answered.
    """
    engine.check(Policy.from_toml(settings.policy_text()))
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)  # one process counts by itself
    listener = listen(bind or settings.listen_addr)
    metrics_listener = listen(settings.metrics_addr, "metrics_addr") if settings.metrics_addr else None
    address = _address_of(listener)

    async def main() -> None:
        stop = Stop(2)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        await run_app(
            settings,
            engine,
            listener,
            stop,
            metrics_listener=metrics_listener,
            stub=stub,
            on_ready=(lambda: on_ready(address)) if on_ready else None,
        )

    engine.warm_up()
    settle_memory()
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(main())


def serve(
    settings: Settings, engine: Engine, *, bind: str | None = None, workers: int = 1, hung_after: float = _SILENCE
) -> None:
    """Serve with supervised workers until SIGTERM; the whole of ``masker serve``.

    Args:
        settings: The process's settings.
        engine: Built and checked; workers inherit it.
        bind: ``HOST:PORT``; default: the settings' listen address.
        workers: How many processes serve.
        hung_after: Seconds without a sign of life, beyond the detection timeout, after which a worker is replaced.

    Raises:
        ConfigError: The policy or a provider is wrong, or an address cannot be bound.
        PluginError: A plugin is broken, or a kind that the policy requires has no detector.
        StoreUnavailable: The database or Redis cannot be reached.
        SystemExit: It was the trial run of a reload, and all is well.
    """
    configure_logging(settings.log_level, settings.log_format)
    log = logger()
    engine.check(Policy.from_toml(settings.policy_text()))
    check_providers(settings)
    check_tls()
    if _INHERITED not in os.environ:
        # Behind a reload the trial run has just done so. A store that went away since then ends no proxy that serves:
        # the old workers go on, and new ones are tried until it is back.
        asyncio.run(_check_stores(settings))
    if trial := os.environ.get(_TRIAL):
        if settings.metrics_addr and trial != _port_of(settings.metrics_addr):  # else the program before hands it on
            listen(settings.metrics_addr, "metrics_addr").close()
        raise SystemExit(_PASSED)
    _raise_file_limit()
    with contextlib.ExitStack() as exits:
        listeners = _listeners(bind or settings.listen_addr, settings.metrics_addr)
        for listener in listeners:
            if listener is not None:
                exits.enter_context(contextlib.closing(listener))
        folder = _metrics_folder(settings)
        if folder is not None:
            exits.callback(shutil.rmtree, folder, ignore_errors=True)
        if workers > 1 and settings.redis_url is None:
            log.warning(
                "quota is per worker", workers=workers, note="set MASKER_REDIS_URL so that workers share each quota"
            )
        if "vapi_webhook_secret" in settings.blank:
            log.warning("no signature is asked for", note="vapi_webhook_secret is set, and empty")
        log.info("serving", address=_address_of(listeners[0]), workers=workers, pid=os.getpid())
        engine.warm_up()  # before workers are forked, so that they share what it makes
        settle_memory()
        silence = settings.detection_timeout_ms / 1000 + hung_after
        _Supervisor(settings, engine, listeners, workers, silence).run()


def _metrics_folder(settings: Settings) -> str | None:
    """Return the folder in which workers count what they do; nobody else's, and the same over a reload.

    prometheus-client looks at ``PROMETHEUS_MULTIPROC_DIR`` when it is imported, which only workers do. What the
    environment has there may be shared with other programs, or be missing: it is where ours is made, if it is there.

    Raises:
        ConfigError: It cannot be made.
    """
    folder = os.environ.pop(_FOLDER, None)
    shared = os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)
    if not settings.metrics_addr:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        return None
    try:
        above = shared if shared and Path(shared).is_dir() else None
        folder = folder or tempfile.mkdtemp(prefix="masker-metrics-", dir=above)
    except OSError as error:
        raise ConfigError(f"metrics_addr: no temporary folder ({error.strerror or type(error).__name__})") from error
    os.environ[_FOLDER] = os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    return folder


def _raise_file_limit() -> None:
    """Allow as many open connections as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def _check_stores(settings: Settings) -> None:
    """Reach the database and Redis once, so that a wrong address is told before anything is served."""
    from masker.proxy.agents import AgentStore
    from masker.proxy.ratelimit import open_quota

    store = AgentStore(settings.database_url)
    try:
        await store.open()
        quota = await open_quota(settings.redis_url)
        await quota.close()
    finally:
        await store.close()


@attrs.define(eq=False)
class _Worker:
    """What the supervisor knows of one worker; times are monotonic seconds."""

    pid: int
    pipe: int
    started: float
    heard: float
    ready: bool = False
    #: Of the program before a reload.
    old: bool = False
    stopping_since: float | None = None
    #: Seconds that its open replies have from then on.
    grace: float = GRACE


@attrs.define(eq=False)
class _Trial:
    """A run of the program that a reload would start; it must end before so many monotonic seconds."""

    pid: int
    until: float
    late: bool = False


class _Supervisor:
    """Keeps so many workers alive until told to stop."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        listeners: tuple[socket.socket, socket.socket | None],
        count: int,
        hung_after: float,
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._listeners = listeners
        self._count = count
        self._hung_after = hung_after
        self._workers: dict[int, _Worker] = {}  # by process id
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._reload = False
        self._trial: _Trial | None = None
        self._not_before = 0.0
        self._log = logger()

    def run(self) -> None:
        """Supervise until every worker has ended after SIGTERM or SIGINT."""
        woken, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        # Handlers only take notes: they run between any two lines of the loop below.
        for number in _SIGNALS:
            signal.signal(number, self._note)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)  # they were held back if this is a reload
        self._selector.register(woken, selectors.EVENT_READ)
        self._take_over()
        try:
            while not self._stopping or self._workers:
                self._try_anew()
                self._fill()
                turned = time.monotonic()
                ready = self._selector.select(timeout=0.5)
                if time.monotonic() - turned > _STANDSTILL:  # all of us were stopped: nobody could give a sign of life
                    for worker in self._workers.values():
                        worker.heard = time.monotonic()
                for key, _ in ready:
                    self._hear(key.fd, key.data)
                self._reap()
                self._stop_or_kill()
        finally:
            for pid in [*self._workers, *([self._trial.pid] if self._trial else ())]:
                _kill(pid, signal.SIGKILL)
            signal.set_wakeup_fd(-1)
            os.close(woken)
            os.close(waker)

    def _note(self, number: int, _frame: Any) -> None:
        if number in {signal.SIGTERM, signal.SIGINT}:
            self._stopping = True
        elif number == signal.SIGHUP:
            self._reload = True

    def _take_over(self) -> None:
        """Look after the workers of the program before a reload, which serve until there are new ones."""
        now = time.monotonic()
        for handed in os.environ.pop(_WORKERS, "").split():
            pid, pipe = (int(part) for part in handed.split(":"))
            os.set_inheritable(pipe, False)
            worker = self._workers[pid] = _Worker(pid, pipe, now, now, ready=True, old=True)
            self._selector.register(pipe, selectors.EVENT_READ, worker)

    def _own(self) -> list[_Worker]:
        return [worker for worker in self._workers.values() if not worker.old]

    def _fill(self) -> None:
        """Start workers until there are enough."""
        while not self._stopping and len(self._own()) < self._count and time.monotonic() >= self._not_before:
            self._start()

    def _start(self) -> None:
        reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        # Blocked until the worker has handlers of its own, so that a signal in between waits instead of being lost.
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            pid = os.fork()
        except OSError as error:  # no memory or no processes left for now: the others serve on
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            os.close(reading)
            os.close(writing)
            self._log.error("worker not started", reason=error.strerror, note="it is tried again")
            self._not_before = time.monotonic() + _RESTART_PAUSE
            return
        if pid == 0:
            for pipe in (reading, *(worker.pipe for worker in self._workers.values())):
                os.close(pipe)  # held open, it would hide from the others that their supervisor is gone
            shared, silence = self._count > 1, self._hung_after
            os._exit(
                _worker_main(self._settings, self._engine, self._listeners, writing, shared=shared, silence=silence)
            )
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        os.close(writing)
        now = time.monotonic()
        worker = self._workers[pid] = _Worker(pid, reading, now, now)
        self._selector.register(reading, selectors.EVENT_READ, worker)

    def _hear(self, fd: int, worker: _Worker | None) -> None:
        with contextlib.suppress(BlockingIOError):
            data = os.read(fd, 4096)
            if worker is None:
                return
            if not data:
                # Its end is closed: it is dying, and will be reaped. Left registered, the pipe would be readable on.
                self._selector.unregister(fd)
                return
            worker.heard = time.monotonic()
            if not worker.ready:
                worker.ready = True
                self._log.info("worker ready", pid=worker.pid)

    def _reap(self) -> None:
        """Forget workers that have ended; the loop replaces them."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if self._trial and pid == self._trial.pid:
                self._judge(os.waitstatus_to_exitcode(status))
                continue
            worker = self._workers.pop(pid, None)
            if worker is None:
                continue  # the trial run of a program before this one
            with contextlib.suppress(KeyError):
                self._selector.unregister(worker.pipe)
            os.close(worker.pipe)
            _drop_gauges(pid)
            if worker.stopping_since is None and not worker.old:
                self._log.error("worker died", pid=pid, code=os.waitstatus_to_exitcode(status), note="it is replaced")
                if time.monotonic() - worker.started < _STARTUP:
                    self._not_before = time.monotonic() + _RESTART_PAUSE

    def _stop_or_kill(self) -> None:
        """Ask workers to stop when we do; kill those that give no sign of life, or do not end when asked to."""
        now = time.monotonic()
        if self._stopping:
            # Workers close theirs: from then on the system refuses connections, and a balancer tries another machine.
            for listener in self._listeners:
                if listener is not None:
                    listener.close()
        enough = sum(worker.ready for worker in self._own()) >= self._count
        for worker in self._workers.values():
            if self._stopping and (worker.stopping_since is None or worker.grace > GRACE):
                worker.stopping_since, worker.grace = now, GRACE
                _kill(worker.pid, signal.SIGTERM)
            elif worker.old and enough and worker.stopping_since is None:
                worker.stopping_since, worker.grace = now, RETIREMENT
                _kill(worker.pid, _RETIRE)
            silent = now - worker.heard > (self._hung_after if worker.ready else _STARTUP)
            # One that hangs is as dead to its callers while it is to end as before.
            if silent or (worker.stopping_since is not None and now - worker.stopping_since > worker.grace + 5):
                self._log.error("worker hung", pid=worker.pid, note="it is killed")
                _kill(worker.pid, signal.SIGKILL)

    def _try_anew(self) -> None:
        """Begin a reload that was asked for by a trial run; end one that takes too long or is not wanted any more.

        A configuration that does not work must not end a proxy that does.
        """
        if self._trial:
            self._trial.late |= time.monotonic() > self._trial.until
            if self._trial.late or self._stopping:
                _kill(self._trial.pid, signal.SIGKILL)
        elif self._reload and not self._stopping:
            self._reload = False
            try:
                metrics = self._listeners[1]
                trial = _WITHOUT_METRICS if metrics is None else str(metrics.getsockname()[1])
                pid = os.posix_spawn(sys.executable, _command(), {**os.environ, _TRIAL: trial})
            except OSError as error:
                self._refuse(str(error.strerror))
                return
            self._trial = _Trial(pid, time.monotonic() + _TRIAL_TIME)

    def _judge(self, code: int) -> None:
        """Start anew if the trial run went well."""
        late = self._trial is not None and self._trial.late
        self._trial = None
        if self._stopping:
            return
        if code != _PASSED:
            self._refuse("the new program did not start in time" if late else "the new program does not start", code)
            return
        self._start_anew()

    def _refuse(self, reason: str, code: int | None = None) -> None:
        self._log.error("reload refused", reason=reason, code=code)

    def _start_anew(self) -> None:
        """Become the program as it is installed and configured now, behind the same sockets and process id."""
        # The new program has no handlers yet, and what they stand for would end it: signals wait until it has.
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        if self._stopping:  # told in the last moment
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            return
        self._log.info("reloading", pid=os.getpid())
        kept = [listener.fileno() for listener in self._listeners if listener is not None]
        handed = [*kept, *(worker.pipe for worker in self._workers.values())]
        for fd in handed:
            os.set_inheritable(fd, True)
        os.environ[_INHERITED] = ",".join(map(str, kept))
        os.environ[_WORKERS] = " ".join(f"{worker.pid}:{worker.pipe}" for worker in self._workers.values())
        try:
            os.execv(sys.executable, _command())  # noqa: S606  # our own command line again
        except OSError as error:
            for name in (_INHERITED, _WORKERS):
                del os.environ[name]
            for fd in handed:
                os.set_inheritable(fd, False)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            self._refuse(str(error.strerror))


def _command() -> list[str]:
    """Return the command line that we were started with."""
    return [sys.executable, *sys.orig_argv[1:]]


def _listeners(address: str, metrics_address: str | None) -> tuple[socket.socket, socket.socket | None]:
    """Return the sockets that the program before a reload was listening on, or new ones."""
    kept = [socket.socket(fileno=int(fd)) for fd in os.environ.pop(_INHERITED, "").split(",") if fd]
    for listener in kept:
        listener.set_inheritable(False)
        listener.setblocking(False)
    main = kept[0] if kept else listen(address)
    for listener in kept[1:]:
        if metrics_address is not None and _port_of(metrics_address) == str(listener.getsockname()[1]):
            return main, listener
        listener.close()
    return main, None if metrics_address is None else listen(metrics_address, "metrics_addr")


def _port_of(address: str) -> str:
    return address.rpartition(":")[2]


def _worker_main(
    settings: Settings,
    engine: Engine,
    listeners: tuple[socket.socket, socket.socket | None],
    pipe: int,
    *,
    shared: bool,
    silence: float,
) -> int:
    """Serve in a forked worker; return its exit status."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGHUP, signal.SIGINT):
        # A terminal sends these to the whole group; the supervisor decides what they mean.
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    listener, metrics_listener = listeners

    async def main() -> None:
        stop = Stop(GRACE)
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        loop.add_signal_handler(_RETIRE, stop.within, RETIREMENT)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        beating: list[asyncio.Task[None]] = []
        await run_app(
            settings,
            engine,
            listener,
            stop,
            metrics_listener=metrics_listener,
            shared=shared,
            on_ready=lambda: beating.append(asyncio.create_task(_beat(pipe, stop, silence))),
        )

    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(main())
    except StoreUnavailable:
        return _EXIT_STORE
    except ConfigError as error:
        logger().error("worker failed", pid=os.getpid(), reason=str(error))
        return _EXIT_CONFIG
    except BaseException as error:  # noqa: BLE001  # the supervisor replaces it; a traceback could quote content
        logger().error("worker failed", pid=os.getpid(), **describe(error))
        return 1
    return 0


async def _beat(pipe: int, stop: Stop, silence: float) -> None:
    """Give a sign of life every second, unless a step of masking hangs; stop serving when the supervisor is gone."""
    while True:
        try:
            if longest_step() < silence:
                os.write(pipe, b".")
        except BlockingIOError:
            pass
        except OSError:
            stop.set()
            return
        await asyncio.sleep(_HEARTBEAT)


def _drop_gauges(pid: int) -> None:
    """Forget a dead worker's gauges, as prometheus-client's ``mark_process_dead`` does, without importing it here."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    for path in Path(folder).glob(f"gauge_live*_{pid}.db") if folder else ():
        path.unlink(missing_ok=True)


def _kill(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

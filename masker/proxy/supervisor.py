"""Serving: worker processes that share one listening socket, watched by a supervisor that serves nothing itself.

A detector that holds the interpreter cannot be timed out from inside its process, so each worker proves from its
event loop, once a second, that it is alive. One that has been silent for too long, or has died, is replaced while
the others serve on; the listening socket belongs to the supervisor, so waiting callers lose nothing.

Workers are forked from a supervisor that has loaded the plugins: a replacement is ready in milliseconds, and models
are in memory once. For that the supervisor runs no event loop and no thread. SIGTERM lets workers finish open
streams; SIGHUP starts the whole program anew behind the same socket (new code, new configuration) and then lets the
old workers finish.
"""

from __future__ import annotations

__all__ = ["serve", "serve_here"]

import asyncio
import contextlib
import os
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

import attrs
from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config

from masker.errors import ConfigError, StoreUnavailable
from masker.proxy.logs import configure_logging, logger

if TYPE_CHECKING:
    import httpx

    from masker.host.engine import Engine
    from masker.host.settings import Settings

#: Seconds that open streams get after SIGTERM.
GRACE: Final = 30.0
#: Seconds between two signs of life of a worker.
_HEARTBEAT: Final = 1.0
#: Seconds of silence, beyond the detection timeout, after which a worker counts as hung.
_SILENCE: Final = 10.0
#: Seconds a new worker has to open its stores.
_STARTUP: Final = 30.0
#: Seconds to wait before replacing a worker that died soon after its start, so that a crash loop does not spin.
_RESTART_PAUSE: Final = 1.0
_LISTEN_BACKLOG: Final = 2048
#: Exit status of a worker whose database or Redis could not be reached.
_EXIT_STORE: Final = 5
_EXIT_CONFIG: Final = 3


def listen(address: str) -> socket.socket:
    """Return a listening socket.

    Args:
        address: ``HOST:PORT``; port 0 takes a free one.

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
        listener.bind((host, int(port)))
        listener.listen(_LISTEN_BACKLOG)
    except OSError as error:
        listener.close()
        raise ConfigError(f"listen_addr: {address} cannot be bound ({error.strerror or type(error).__name__})") from error
    listener.setblocking(False)
    return listener


def server_config(listener: socket.socket, grace: float = GRACE) -> Config:
    """Return Hypercorn's configuration for a listening socket."""
    config = Config()
    config.bind = [f"fd://{os.dup(listener.fileno())}"]
    config.accesslog = None  # it would write paths, which hold agent ids
    config.errorlog = None
    config.graceful_timeout = grace
    config.shutdown_timeout = grace + 5
    # Idle connections are cheap, handshakes are not. Also the time in which a request's headers must have come.
    config.keep_alive_timeout = 75
    config.keep_alive_max_requests = 1_000_000
    config.backlog = _LISTEN_BACKLOG
    config.h11_max_incomplete_size = 64 * 1024
    config.include_server_header = False
    return config


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
    stop: asyncio.Event,
    *,
    metrics_listener: socket.socket | None = None,
    stub: httpx.AsyncBaseTransport | None = None,
    on_ready: Callable[[], None] | None = None,
    grace: float = GRACE,
) -> None:
    """Serve on a socket in the running event loop until told to stop, then until open streams have ended.

    Args:
        settings: The process's settings.
        engine: Masks and rehydrates.
        listener: Where callers connect.
        stop: When set, no new connections are taken.
        metrics_listener: Where Prometheus connects.
        stub: Answers for the upstream ``stub``.
        on_ready: Called once everything is open.
        grace: Seconds that open streams get.

    Raises:
        StoreUnavailable: The database or Redis cannot be reached.
    """
    from masker.proxy.app import create_app, open_services
    from masker.proxy.metrics import metrics_app

    async with open_services(settings, engine, stub=stub) as services:
        app = create_app(services)
        servers: list[Awaitable[None]] = [
            hypercorn_serve(app, server_config(listener, grace), shutdown_trigger=stop.wait, mode="asgi")
        ]
        if metrics_listener is not None:
            shown = metrics_app(services.metrics)
            servers.append(
                hypercorn_serve(shown, server_config(metrics_listener, 1), shutdown_trigger=stop.wait, mode="asgi")
            )
        if on_ready:
            on_ready()
        await asyncio.gather(*servers)


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
    listener = listen(bind or settings.listen_addr)
    metrics_listener = listen(settings.metrics_addr) if settings.metrics_addr else None
    address = _address_of(listener)

    async def main() -> None:
        stop = asyncio.Event()
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
            grace=2,
        )

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(main())


def serve(settings: Settings, engine: Engine, *, bind: str | None = None, workers: int = 1) -> int:
    """Serve with supervised workers until SIGTERM; the whole of ``masker serve``.

    Args:
        settings: The process's settings.
        engine: Built and checked; workers inherit it.
        bind: ``HOST:PORT``; default: the settings' listen address.
        workers: How many processes serve.

    Returns:
        The exit status: 0, or 5 when no worker could reach the database or Redis.

    Raises:
        ConfigError: An address cannot be bound.
        StoreUnavailable: The database or Redis cannot be reached.
    """
    configure_logging(settings.log_level, settings.log_format)
    log = logger()
    asyncio.run(_check_stores(settings))
    with contextlib.ExitStack() as exits:
        listener = exits.enter_context(contextlib.closing(_inherited_or_new(bind or settings.listen_addr)))
        metrics_listener = None
        if settings.metrics_addr:
            metrics_listener = exits.enter_context(contextlib.closing(listen(settings.metrics_addr)))
            # prometheus-client looks at this when it is imported, which only workers do.
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="masker-metrics-")
            exits.callback(shutil.rmtree, os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
        if workers > 1 and settings.redis_url is None:
            log.warning(
                "quota is per worker", workers=workers, note="set MASKER_REDIS_URL so that workers share each quota"
            )
        log.info("serving", address=_address_of(listener), workers=workers, pid=os.getpid())
        supervisor = _Supervisor(settings, engine, listener, metrics_listener, workers)
        return supervisor.run()


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
    pid: int
    pipe: int
    started: float
    heard: float
    ready: bool = False
    stopping_since: float | None = None


class _Supervisor:
    """Keeps so many workers alive until told to stop."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        listener: socket.socket,
        metrics_listener: socket.socket | None,
        count: int,
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._listener = listener
        self._metrics_listener = metrics_listener
        self._count = count
        self._workers: dict[int, _Worker] = {}
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._reloading = False
        self._not_before = 0.0
        self._silence = settings.detection_timeout_ms / 1000 + _SILENCE
        self._log = logger()

    def run(self) -> int:
        """Supervise until every worker has ended after a signal; return the exit status."""
        woken, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGHUP, self._reload)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # wakes the selector
        self._selector.register(woken, selectors.EVENT_READ)
        try:
            while not self._stopping or self._workers:
                self._fill()
                for key, _ in self._selector.select(timeout=0.5):
                    self._hear(key.fd, woken)
                self._reap()
                self._replace_silent()
        finally:
            for worker in list(self._workers.values()):
                _kill(worker.pid, signal.SIGKILL)
            signal.set_wakeup_fd(-1)
        if self._reloading:
            os.set_inheritable(self._listener.fileno(), True)
        return 0

    def _stop(self, *_: Any) -> None:
        self._stopping = True
        for worker in self._workers.values():
            self._ask_to_stop(worker)

    def _reload(self, *_: Any) -> None:
        """Replace every worker by one forked from a program that was started anew behind the same socket."""
        self._log.info("reloading", pid=os.getpid())
        self._respawn()

    def _respawn(self) -> None:
        # The old program's workers finish what they have; the new one takes over the socket and the process id, so
        # that whoever watches this process (systemd, a container) sees no change.
        for worker in self._workers.values():
            self._ask_to_stop(worker)
        os.set_inheritable(self._listener.fileno(), True)
        os.environ[_INHERITED] = str(self._listener.fileno())
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  # our own command line again

    def _ask_to_stop(self, worker: _Worker) -> None:
        if worker.stopping_since is None:
            worker.stopping_since = time.monotonic()
            _kill(worker.pid, signal.SIGTERM)

    def _fill(self) -> None:
        """Start workers until there are enough."""
        while not self._stopping and len(self._workers) < self._count and time.monotonic() >= self._not_before:
            self._start()

    def _start(self) -> None:
        reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            os._exit(_worker_main(self._settings, self._engine, self._listener, self._metrics_listener, writing))
        os.close(writing)
        now = time.monotonic()
        self._workers[reading] = _Worker(pid, reading, now, now)
        self._selector.register(reading, selectors.EVENT_READ)

    def _hear(self, fd: int, woken: int) -> None:
        with contextlib.suppress(BlockingIOError):
            data = os.read(fd, 4096)
            worker = self._workers.get(fd)
            if fd == woken or worker is None:
                return
            if not data:
                # Its end is closed: it is dying, and will be reaped. An open file that is always readable would spin.
                self._selector.unregister(fd)
                return
            worker.heard = time.monotonic()
            if not worker.ready:
                worker.ready = True
                self._log.info("worker ready", pid=worker.pid)

    def _reap(self) -> None:
        """Forget workers that have ended."""
        for fd, worker in list(self._workers.items()):
            pid, status = os.waitpid(worker.pid, os.WNOHANG)
            if pid == 0:
                continue
            self._forget(fd)
            if worker.stopping_since is not None or self._stopping:
                continue
            code = os.waitstatus_to_exitcode(status)
            self._log.error("worker died", pid=pid, code=code, note="it is replaced")
            if time.monotonic() - worker.started < _STARTUP:
                self._not_before = time.monotonic() + _RESTART_PAUSE

    def _replace_silent(self) -> None:
        """Kill workers that give no sign of life, or do not end when asked to."""
        now = time.monotonic()
        for worker in self._workers.values():
            if worker.stopping_since is not None:
                late = now - worker.stopping_since > GRACE + 5
            else:
                late = now - worker.heard > (self._silence if worker.ready else _STARTUP)
            if late:
                self._log.error("worker hung", pid=worker.pid, note="it is replaced")
                _kill(worker.pid, signal.SIGKILL)

    def _forget(self, fd: int) -> None:
        worker = self._workers.pop(fd)
        with contextlib.suppress(KeyError):
            self._selector.unregister(fd)
        os.close(fd)
        if self._metrics_listener is not None:
            _drop_gauges(worker.pid)


_INHERITED: Final = "_MASKER_LISTENER"


def _inherited_or_new(address: str) -> socket.socket:
    """Return the socket that the program before a reload was listening on, or a new one."""
    fd = os.environ.pop(_INHERITED, None)
    if fd is None:
        return listen(address)
    listener = socket.socket(fileno=int(fd))
    listener.set_inheritable(False)
    return listener


def _worker_main(
    settings: Settings,
    engine: Engine,
    listener: socket.socket,
    metrics_listener: socket.socket | None,
    pipe: int,
) -> int:
    """Serve in a forked worker; return its exit status."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGHUP, signal.SIGINT):
        # A terminal sends these to the whole group; the supervisor decides what they mean.
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        beating: list[asyncio.Task[None]] = []
        await run_app(
            settings,
            engine,
            listener,
            stop,
            metrics_listener=metrics_listener,
            on_ready=lambda: beating.append(asyncio.create_task(_beat(pipe, stop))),
        )

    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(main())
    except StoreUnavailable:
        return _EXIT_STORE
    except ConfigError:
        return _EXIT_CONFIG
    except BaseException as error:  # noqa: BLE001  # the supervisor replaces it; a traceback could quote content
        logger().error("worker failed", pid=os.getpid(), error=type(error).__name__)
        return 1
    return 0


async def _beat(pipe: int, stop: asyncio.Event) -> None:
    """Give a sign of life every second; stop serving when the supervisor is gone."""
    while True:
        try:
            os.write(pipe, b".")
        except BlockingIOError:
            pass
        except OSError:
            stop.set()
            return
        await asyncio.sleep(_HEARTBEAT)


def _drop_gauges(pid: int) -> None:
    """Forget a dead worker's gauges, as prometheus-client's ``mark_process_dead`` does, without importing it here."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith("gauge_live") and name.endswith(f"_{pid}.db"):
                os.unlink(os.path.join(folder, name))


def _kill(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

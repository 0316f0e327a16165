package lethe.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGINT, SIGTERM and SIGHUP: the first asks the run to stop, the second ends the process at once.
 * Whatever is finished by then stays finished. A run that does not end in time is ended: the limit
 * is what users and schedulers wait.
 */
final class StopSignals {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
  private static final long LIMIT_MILLIS = 8_500; // with the JVM's own end still under 10 s

  private final AtomicInteger count = new AtomicInteger();
  private volatile Runnable stop = () -> Runtime.getRuntime().halt(Exit.STOPPED);

  /** Listens from now on; until {@link #onFirst} names a way to stop, a signal ends the process. */
  static StopSignals listen() {
    StopSignals signals = new StopSignals();
    for (String name : List.of("INT", "TERM", "HUP")) {
      signals.handle(name);
    }
    return signals;
  }

  void onFirst(Runnable stop) {
    this.stop = stop;
    if (received()) {
      stop.run();
    }
  }

  boolean received() {
    return count.get() > 0;
  }

  private void arrived(String name) {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(Exit.STOPPED);
    }
    LOG.info("SIG{}: stopping; what is finished stays. The same command goes on later.", name);
    Thread watchdog =
        new Thread(
            () -> {
              try {
                Thread.sleep(LIMIT_MILLIS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(Exit.STOPPED);
            },
            "stop-limit");
    watchdog.setDaemon(true);
    watchdog.start();
    stop.run();
  }

  /**
   * By reflection: {@code sun.misc.Signal} is the only way to an exit code of our own, its module
   * is supported, and the compiler warns about its name with a warning nobody can turn off.
   */
  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  arrived(name);
                  yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> arguments != null && proxy == arguments[0];
                default -> "stop on " + name;
              };
      Object proxy =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(), new Class<?>[] {handler}, calls);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.debug("No way to listen to SIG{}: it ends the process", name, e);
    }
  }
}

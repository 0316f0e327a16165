package lethe.run;

import java.util.function.LongSupplier;
import lethe.ledger.EventLog;

/**
 * What a {@link Supervisor} works with.
 *
 * @param log the readable log, which may fail without harm
 * @param device how processes share the device
 * @param now milliseconds since 1970
 */
record Workbench(
    Job job,
    Workshop workshop,
    RunSettings settings,
    StopFlag stop,
    RunListener listener,
    EventLog log,
    DeviceLock device,
    LongSupplier now) {}

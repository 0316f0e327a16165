package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import lethe.plan.StageKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GpuLeaseTest {
  private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static final Sketch SKETCH = new Sketch().stage(StageKind.ORIGINAL, "a");

  private final AtomicLong nanos = new AtomicLong();
  private final TestProbe<Supervisor.DeviceBusy> busy = KIT.createTestProbe();

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
  }

  /** A device that another process may have. */
  private static final class SharedDevice implements DeviceLock {
    final AtomicBoolean elsewhere = new AtomicBoolean();
    final AtomicInteger tries = new AtomicInteger();
    final AtomicInteger withdrawals = new AtomicInteger();

    @Override
    public boolean tryAcquire() {
      tries.incrementAndGet();
      return !elsewhere.get();
    }

    @Override
    public void withdraw() {
      withdrawals.incrementAndGet();
    }

    @Override
    public void release() {}

    @Override
    public void close() {}
  }

  private ActorRef<GpuLease.Command> lease(DeviceLock device) {
    return KIT.spawn(GpuLease.create(device, nanos::get, busy.getRef()));
  }

  private static TestProbe<GpuLease.Reply> ask(ActorRef<GpuLease.Command> lease) {
    return ask(lease, KIT.createTestProbe().getRef());
  }

  private static TestProbe<GpuLease.Reply> ask(
      ActorRef<GpuLease.Command> lease, ActorRef<?> holder) {
    TestProbe<GpuLease.Reply> probe = KIT.createTestProbe();
    lease.tell(new GpuLease.Acquire(SKETCH.key("a"), holder, probe.getRef()));
    return probe;
  }

  /** Lets the clock of the actors tick until {@code condition} holds. */
  private static void untilTrue(BooleanSupplier condition) {
    KIT.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(10),
            Duration.ofMillis(1),
            () -> {
              TIME.timePasses(Duration.ofMillis(20));
              assertTrue(condition.getAsBoolean());
              return condition;
            });
  }

  private static long token(TestProbe<GpuLease.Reply> probe) {
    return probe.expectMessageClass(GpuLease.Granted.class).token();
  }

  @Test
  void first_come_first_served_and_waiting_is_measured() {
    BehaviorTestKit<GpuLease.Command> lease =
        BehaviorTestKit.create(GpuLease.create(DeviceLock.unshared(), nanos::get, busy.getRef()));
    List<TestInbox<GpuLease.Reply>> inboxes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      TestInbox<GpuLease.Reply> inbox = TestInbox.create();
      lease.run(new GpuLease.Acquire(SKETCH.key("a"), inbox.getRef(), inbox.getRef()));
      inboxes.add(inbox);
    }
    assertEquals(new GpuLease.Granted(1, 0.0), inboxes.get(0).receiveMessage());
    assertFalse(inboxes.get(1).hasMessages());

    nanos.set(1_500_000_000L);
    lease.run(new GpuLease.Release(1));

    assertEquals(new GpuLease.Granted(2, 1.5), inboxes.get(1).receiveMessage());
    assertFalse(inboxes.get(2).hasMessages());
  }

  @Test
  void a_dead_holder_frees_the_lease() {
    ActorRef<GpuLease.Command> lease = lease(DeviceLock.unshared());
    TestProbe<String> holder = KIT.createTestProbe();
    token(ask(lease, holder.getRef()));
    TestProbe<GpuLease.Reply> next = ask(lease);
    next.expectNoMessage(Duration.ZERO);

    holder.stop();

    assertTrue(token(next) > 1);
  }

  @Test
  void who_dies_while_waiting_is_passed_over() {
    SharedDevice device = new SharedDevice();
    ActorRef<GpuLease.Command> lease = lease(device);
    long token = token(ask(lease));
    TestProbe<String> dead = KIT.createTestProbe();
    TestProbe<GpuLease.Reply> never = ask(lease, dead.getRef());
    dead.stop();
    // The lease itself must have heard of it: then nobody waits, and it says so to the device.
    untilTrue(() -> device.withdrawals.get() == 1);
    TestProbe<GpuLease.Reply> next = ask(lease);

    lease.tell(new GpuLease.Release(token));

    token(next);
    never.expectNoMessage(Duration.ZERO);
  }

  @Test
  void a_stale_release_is_ignored() {
    ActorRef<GpuLease.Command> lease = lease(DeviceLock.unshared());
    long stale = token(ask(lease));
    lease.tell(new GpuLease.Release(stale));
    long current = token(ask(lease));
    TestProbe<GpuLease.Reply> next = ask(lease);

    lease.tell(new GpuLease.Release(stale));
    next.expectNoMessage(Duration.ZERO);

    lease.tell(new GpuLease.Release(current));
    token(next);
  }

  @Test
  void a_device_of_another_process_is_asked_for_again_and_again() {
    SharedDevice device = new SharedDevice();
    device.elsewhere.set(true);
    ActorRef<GpuLease.Command> lease = lease(device);
    TestProbe<GpuLease.Reply> probe = ask(lease);
    untilTrue(() -> device.tries.get() > 5);
    probe.expectNoMessage(Duration.ZERO);

    int before = device.tries.get();
    device.elsewhere.set(false);
    untilTrue(() -> device.tries.get() > before);

    token(probe);
  }

  @Test
  void a_long_wait_for_another_process_is_told_once() {
    SharedDevice device = new SharedDevice();
    device.elsewhere.set(true);
    ActorRef<GpuLease.Command> lease = lease(device);
    ask(lease);
    untilTrue(() -> device.tries.get() > 0); // so it waits since 0
    nanos.set(4_999_000_000L);
    untilTriedAgain(device);
    busy.expectNoMessage(Duration.ZERO);

    nanos.set(5_000_000_000L);
    untilTriedAgain(device);
    assertEquals(SKETCH.key("a"), busy.receiveMessage().key());
    untilTriedAgain(device);
    busy.expectNoMessage(Duration.ZERO);
  }

  private static void untilTriedAgain(SharedDevice device) {
    int before = device.tries.get();
    untilTrue(() -> device.tries.get() > before + 2);
  }

  @Test
  void a_closed_lease_refuses_who_waits_and_who_comes_and_leaves_the_queue_of_processes() {
    SharedDevice device = new SharedDevice();
    device.elsewhere.set(true);
    ActorRef<GpuLease.Command> lease = lease(device);
    TestProbe<GpuLease.Reply> waiting = ask(lease);

    lease.tell(GpuLease.Close.INSTANCE);

    waiting.expectMessageClass(GpuLease.Refused.class);
    ask(lease).expectMessageClass(GpuLease.Refused.class); // so the closing is over
    assertEquals(1, device.withdrawals.get());
  }

  @Test
  void a_refusal_has_a_reason() {
    BehaviorTestKit<GpuLease.Command> lease =
        BehaviorTestKit.create(GpuLease.create(DeviceLock.unshared(), nanos::get, busy.getRef()));
    TestInbox<GpuLease.Reply> inbox = TestInbox.create();
    lease.run(GpuLease.Close.INSTANCE);
    lease.run(new GpuLease.Acquire(SKETCH.key("a"), inbox.getRef(), inbox.getRef()));
    GpuLease.Refused refused = assertInstanceOf(GpuLease.Refused.class, inbox.receiveMessage());
    assertEquals("the run is stopping", refused.reason());
  }
}

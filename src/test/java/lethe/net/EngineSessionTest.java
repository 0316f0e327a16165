package lethe.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class EngineSessionTest {
  @Test
  void gradients_are_off_again_after_recording_even_when_it_fails() {
    try (EngineSession session = EngineSession.open(new EngineSettings("cpu", 1))) {
      assertFalse(JniUtils.isGradMode());
      assertTrue(session.recording(JniUtils::isGradMode));
      assertFalse(session.recording(() -> session.notRecording(JniUtils::isGradMode)));
      assertThrows(
          IllegalStateException.class,
          () ->
              session.recording(
                  () -> {
                    throw new IllegalStateException("as a bug would");
                  }));
      assertFalse(JniUtils.isGradMode());
    }
  }

  @Test
  void the_engine_gets_the_threads_it_was_given() {
    try (EngineSession session = EngineSession.open(new EngineSettings("cpu", 2))) {
      assertEquals(2, JniUtils.getNumThreads());
      assertTrue(
          session.peakMemory().isPresent() || !System.getProperty("os.name").equals("Linux"));
    }
    assertEquals(
        Runtime.getRuntime().availableProcessors(), new EngineSettings("cpu", 0).actualThreads());
  }

  @Test
  void a_closed_session_has_freed_its_tensors() {
    EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));
    NDManager scope = session.scope();
    scope.create(new float[] {1, 2});
    session.close();
    assertFalse(scope.isOpen());
  }

  @Test
  void an_unknown_device_is_refused() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> new EngineSettings("tpu", 1));
    assertEquals("The device is \"cpu\" or \"cuda\", not \"tpu\".", thrown.getMessage());
  }

  @Test
  void workers_of_a_pool_do_not_take_the_threads_of_the_engine() throws Exception {
    // On a thread of its own, which has not computed yet: that is when it would take over theirs.
    assertEquals(
        2,
        onItsOwnThread(
            () -> {
              try (EngineSession session = EngineSession.open(new EngineSettings("cpu", 2))) {
                worker();
                assertEquals(2, JniUtils.getNumThreads());
                JniUtils.setNumThreads(1);
                session.claimThread();
                return JniUtils.getNumThreads();
              }
            }));
  }

  private static void worker() throws Exception {
    onItsOwnThread(
        () -> {
          EngineLoading.engineOfWorker();
          return JniUtils.getNumThreads();
        });
  }

  private static int onItsOwnThread(Callable<Integer> work) throws Exception {
    FutureTask<Integer> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.start();
    return task.get();
  }
}

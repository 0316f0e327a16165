package lethe.run;

import java.util.Optional;

/**
 * A device as processes share it. Used by one thread at a time; nothing here blocks. Ends with the
 * process, however that dies.
 */
interface DeviceLock extends AutoCloseable {
  /** Tries to take the device, or a place in the queue for it; call again until it says yes. */
  boolean tryAcquire();

  /** The process that has the device, where it says so. */
  default Optional<Long> holder() {
    return Optional.empty();
  }

  /** Gives up a place in the queue. */
  void withdraw();

  /** Gives the device back. */
  void release();

  @Override
  void close();

  /** A device that nobody shares. */
  static DeviceLock unshared() {
    return new DeviceLock() {
      @Override
      public boolean tryAcquire() {
        return true;
      }

      @Override
      public void withdraw() {}

      @Override
      public void release() {}

      @Override
      public void close() {}
    };
  }
}

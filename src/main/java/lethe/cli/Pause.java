package lethe.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A run's wait for a disk that takes nothing: looks now and then whether it takes something again.
 *
 * @param folders where the run writes
 * @param first the wait before the first look; it doubles with each, up to {@link #LONGEST}
 * @param room bytes that must be free
 */
record Pause(List<Path> folders, Duration first, long room) {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long ROOM = 64L << 20; // bytes: the weights of a network or two
  private static final long MOST_ROOM = 4L << 30; // no artifact is larger

  /** For the room that goes with most. */
  Pause(List<Path> folders, Duration first) {
    this(folders, first, ROOM);
  }

  /** The pause after this one, where it did not help: a longer one, for twice the room. */
  Pause longer() {
    return new Pause(folders, longer(first), Math.min(MOST_ROOM, 2 * room));
  }

  /**
   * Waits until every folder takes something.
   *
   * @param stop ends it
   * @return false when {@code stop} came first
   */
  boolean untilWritable(CountDownLatch stop) throws InterruptedException {
    for (Duration wait = first; ; wait = longer(wait)) {
      if (stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
      if (folders.stream().allMatch(this::isWritable)) {
        return true;
      }
    }
  }

  /** Whether room is not what is missing: there is enough for the largest artifact. */
  boolean hasRoomForAll() {
    return folders.stream().allMatch(new Pause(folders, first, MOST_ROOM)::hasRoom);
  }

  private boolean hasRoom(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() >= room;
    } catch (IOException e) {
      return false;
    }
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }

  private boolean isWritable(Path folder) {
    if (!hasRoom(folder)) {
      return false;
    }
    Path probe = folder.resolve("probe." + ProcessHandle.current().pid());
    try {
      try (FileChannel file =
          FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.wrap(new byte[1 << 20])); // 1 MiB
        file.force(true);
      } finally {
        Files.deleteIfExists(probe);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

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
 * @param plenty bytes: where so much is free, room is not what is missing
 */
record Pause(List<Path> folders, Duration first, long plenty) {
  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long ROOM = 64L << 20; // bytes: the weights of a network or two
  private static final long PLENTY = 4L << 30; // more than any artifact has

  static Pause usual(List<Path> folders) {
    return new Pause(folders, FIRST, PLENTY);
  }

  /** The pause after this one, where it did not help. */
  Pause longer() {
    return new Pause(folders, longer(first), plenty);
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
      if (folders.stream().allMatch(Pause::isWritable)) {
        return true;
      }
    }
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }

  /** Whether room is not what is missing. */
  boolean hasPlenty() {
    return folders.stream().allMatch(folder -> free(folder) >= plenty);
  }

  private static long free(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return 0; // it is not there
    }
  }

  private static boolean isWritable(Path folder) {
    if (free(folder) < ROOM) {
      return false;
    }
    Path probe = folder.resolve("probe." + ProcessHandle.current().pid());
    try (FileChannel file =
        FileChannel.open(
            probe,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      file.write(ByteBuffer.wrap(new byte[1 << 20])); // 1 MiB
      file.force(true);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

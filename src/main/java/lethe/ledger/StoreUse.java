package lethe.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a store: any number of runs have it together, who deletes from the store has it
 * alone. It is a lock of the operating system on {@code in-use.lock}, which ends with the process.
 * Each run leaves word of its experiment's folder in {@code users/}, so that nothing it refers to
 * is deleted, wherever that folder is.
 */
public final class StoreUse implements AutoCloseable {
  private static final String LOCK = "in-use.lock";
  private static final String USERS = "users";
  private static final String CARD = ".json";
  private static final String ALL = "all"; // the list is as old as the store
  private static final String ID = "store-user"; // in an experiment's folder
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ATTEMPTS = 40; // deleting is over in an instant, most times
  private static final long PAUSE_NANOS = 50_000_000L;

  private final FileChannel channel;

  /** Somebody uses the store in a way that does not go together with what was asked for. */
  public static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String sentence) {
      super(sentence);
    }
  }

  /**
   * An experiment that uses a store, or did.
   *
   * @param folder absolute, on its host
   * @param id what the folder itself has too
   * @param file where this is written down
   */
  public record User(Path folder, String host, String id, Path file) {
    /**
     * Where the folder is now: in its place, and no other of the same name, or beside it under
     * another name.
     */
    public Optional<Path> place() throws IOException {
      Path parent = Optional.ofNullable(folder.getParent()).orElse(folder);
      if (!Files.isDirectory(parent)) {
        return Optional.empty();
      }
      return Stream.concat(Stream.of(folder), Sweep.in(parent).stream())
          .filter(this::isMine)
          .findFirst();
    }

    private boolean isMine(Path candidate) {
      try {
        return Files.readString(candidate.resolve(ID)).strip().equals(id);
      } catch (IOException e) {
        return false; // no experiment's folder
      }
    }

    /** Whether the folder is of this machine, so that its absence means something. */
    public boolean isOfThisHost() {
      return host.equals(Owner.host());
    }
  }

  private record Card(String folder, String host) {}

  private StoreUse(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Begins to use a store, and leaves word of it.
   *
   * @param experiment the folder of an experiment
   * @param root of the store, which is there
   * @throws Refusal while somebody deletes from it
   */
  public static StoreUse by(Path experiment, Path root) throws IOException, Refusal {
    StoreUse use = lock(root, true);
    try {
      sign(experiment.toAbsolutePath().normalize(), Files.createDirectories(root.resolve(USERS)));
      return use;
    } catch (IOException e) {
      use.close();
      throw e;
    }
  }

  /**
   * Has a store alone.
   *
   * @throws Refusal while a run uses it
   */
  public static StoreUse alone(Path root) throws IOException, Refusal {
    return lock(root, false);
  }

  private static StoreUse lock(Path root, boolean shared) throws IOException, Refusal {
    FileChannel channel =
        FileChannel.open(
            root.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      for (int attempt = 1; !locked(channel, shared); attempt++) {
        if (attempt == ATTEMPTS || !shared) {
          channel.close();
          throw refusal(root, shared);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (OverlappingFileLockException e) {
      // This very process has it, and a second run in it shares that. The channel stays open: to
      // close any channel of a file gives up all locks that the process has on it.
      if (!shared) {
        throw refusal(root, false);
      }
    }
    return new StoreUse(channel);
  }

  private static Refusal refusal(Path root, boolean shared) {
    return new Refusal(
        shared
            ? "Somebody deletes from the store %s: try again when that is over.".formatted(root)
            : "A run is at work with the store %s: let it finish or stop it first."
                .formatted(root));
  }

  private static boolean locked(FileChannel channel, boolean shared) throws IOException {
    @Nullable FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
    return lock != null;
  }

  private static void sign(Path experiment, Path users) throws IOException {
    Path mine = experiment.resolve(ID);
    if (!Files.exists(mine)) {
      Files.writeString(mine, UUID.randomUUID().toString());
    }
    String id = Files.readString(mine).strip();
    Path draft = users.resolve(id + "." + ProcessHandle.current().pid());
    Files.write(draft, JSON.writeValueAsBytes(new Card(experiment.toString(), Owner.host())));
    Checksums.force(draft);
    Files.move(draft, users.resolve(id + CARD), StandardCopyOption.ATOMIC_MOVE);
    Checksums.force(users);
  }

  /** A store is born: from now on it knows everybody. */
  static void begin(Path root) throws IOException {
    Files.createDirectories(root.resolve(USERS));
    Files.write(root.resolve(USERS).resolve(ALL), new byte[0]);
  }

  /** Whether everybody who ever used a store left word; not so where it is older than the list. */
  public static boolean knowsAll(Path root) {
    return Files.exists(root.resolve(USERS).resolve(ALL));
  }

  /**
   * Everybody who left word; nobody where the store is not there.
   *
   * @throws IOException where one cannot be read
   */
  public static List<User> users(Path root) throws IOException {
    List<User> users = new ArrayList<>();
    for (Path file : Sweep.in(root.resolve(USERS))) {
      String name = file.getFileName().toString();
      if (name.endsWith(CARD)) {
        Card card = read(file);
        String id = name.substring(0, name.length() - CARD.length());
        users.add(new User(Path.of(card.folder()), card.host(), id, file));
      }
    }
    return users;
  }

  private static Card read(Path file) throws IOException {
    try {
      Card card = JSON.readValue(file.toFile(), Card.class);
      if (card.folder() != null && card.host() != null) {
        return card;
      }
    } catch (JsonProcessingException e) {
      throw new IOException(unread(file), e);
    }
    throw new IOException(unread(file));
  }

  private static String unread(Path file) {
    return "%s does not tell who used the store: run that experiment again, or delete the file if it is gone"
        .formatted(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

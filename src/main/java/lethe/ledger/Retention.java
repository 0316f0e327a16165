package lethe.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lethe.plan.StageKey;

/**
 * What of a store stays: what somebody refers to. The rest are leftovers, which can be deleted
 * without losing a result.
 *
 * <p>Deleting is safe against a kill at any moment: a leftover is first moved out of its place in
 * one step, to where drafts of dead processes are cleared away, so that nothing ever stands half
 * under its key. Nobody may write to the store meanwhile but processes whose stages are referred
 * to; one that takes up a leftover all the same makes it again.
 *
 * @param referred keys of the stages that somebody refers to
 * @param knowsUnfinished whether {@code referred} has the stages that are not finished too; where
 *     it has not, checkpoints stay
 */
public record Retention(ArtifactStore store, Set<StageKey> referred, boolean knowsUnfinished) {
  private static final Pattern SHELF = Pattern.compile("[0-9a-f]{2}");
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  public Retention {
    referred = Set.copyOf(referred);
  }

  /** Why something is a leftover. */
  public enum Kind {
    ARTIFACT("artifacts nobody refers to"),
    CHECKPOINTS("checkpoints of stages nobody refers to, or that are done"),
    DRAFT("drafts of dead processes"),
    ALTERED("altered artifacts, set aside");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** In a list, for people. */
    public String title() {
      return title;
    }
  }

  /**
   * Something to delete.
   *
   * @param place a folder, or a file that stands in the place of one
   * @param bytes of its files
   */
  public record Leftover(Kind kind, Path place, long bytes) {}

  /** Everything that may go, kind by kind; nothing where the store is not there. */
  public List<Leftover> leftovers() throws IOException {
    Sweep sweep = new Sweep(store.root());
    List<Leftover> all = new ArrayList<>();
    add(all, Kind.ARTIFACT, unreferredArtifacts());
    Set<Path> checkpoints = new LinkedHashSet<>(sweep.checkpointsOfDone());
    if (knowsUnfinished) {
      checkpoints.addAll(unreferred(store.root().resolve(ArtifactStore.CHECKPOINTS)));
    }
    add(all, Kind.CHECKPOINTS, checkpoints);
    add(all, Kind.DRAFT, sweep.deadDrafts());
    add(all, Kind.ALTERED, Sweep.in(store.root().resolve(ArtifactStore.ALTERED)));
    return List.copyOf(all);
  }

  /** How many artifacts of referred stages are there. */
  public long kept() {
    return referred.stream().filter(store::exists).count();
  }

  private List<Path> unreferredArtifacts() throws IOException {
    List<Path> artifacts = new ArrayList<>();
    for (Path shelf : Sweep.in(store.root())) {
      if (SHELF.matcher(name(shelf)).matches() && Files.isDirectory(shelf)) {
        artifacts.addAll(unreferred(shelf));
      }
    }
    return artifacts;
  }

  /** What is named by a key that nobody refers to; things of other names are not Lethe's. */
  private List<Path> unreferred(Path folder) throws IOException {
    return Sweep.in(folder).stream()
        .filter(place -> KEY.matcher(name(place)).matches())
        .filter(place -> !referred.contains(new StageKey(name(place))))
        .toList();
  }

  private static void add(List<Leftover> all, Kind kind, Collection<Path> places)
      throws IOException {
    for (Path place : places) {
      all.add(new Leftover(kind, place, bytes(place)));
    }
  }

  private static String name(Path place) {
    return place.getFileName().toString();
  }

  private static long bytes(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.mapToLong(Retention::size).sum();
    } catch (NoSuchFileException e) {
      return 0; // a run has just cleared it away
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return 0;
      }
      throw e.getCause();
    }
  }

  private static long size(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? path.toFile().length() : 0;
  }

  /**
   * Deletes leftovers: first all leave their places, then their files go.
   *
   * @param leftovers of this store
   */
  public void delete(List<Leftover> leftovers) throws IOException {
    for (Path folder : putAway(leftovers)) {
      ArtifactStore.delete(folder);
    }
  }

  /** The first half: from here on a kill leaves nothing but drafts of a dead process. */
  List<Path> putAway(List<Leftover> leftovers) throws IOException {
    List<Path> away = new ArrayList<>();
    Set<Path> left = new LinkedHashSet<>();
    for (Leftover leftover : leftovers) {
      if (leftover.kind() == Kind.DRAFT) {
        away.add(leftover.place());
      } else {
        store.putAway(leftover.place()).ifPresent(away::add);
        left.add(leftover.place().getParent());
      }
    }
    for (Path folder : left) { // the moves are on the disk before the first file goes
      Checksums.force(folder);
    }
    return away;
  }
}

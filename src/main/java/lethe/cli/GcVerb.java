package lethe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Retention;
import lethe.ledger.StoreUse;
import lethe.plan.Machine;
import lethe.plan.MachineReader;
import lethe.plan.StageKey;
import lethe.report.Columns;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code lethe gc}: what lies in the store and no experiment refers to. It knows the experiments of
 * its results folder, of those that are named, and all that ever ran with the store.
 */
@Command(
    name = "gc",
    description = "What lies in the store and no experiment refers to; --delete deletes it.")
final class GcVerb implements Callable<Integer> {
  /** Settings that say where things are; all else is in the experiments' own files. */
  private static final List<String> PLACES = List.of("store=", "data.dir=", "results.dir=");

  private static final double MEGA = 1e6;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description =
          "folder of the experiments' folders, in place of results/; several times for several")
  private List<Path> results = new ArrayList<>();

  @Option(names = "--delete", description = "delete it; without, nothing is")
  private boolean delete;

  @Parameters(
      paramLabel = "[store=DIR]",
      arity = "0..*",
      description = "settings of the machine that win over application.conf")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "say this and end")
  private boolean help;

  @picocli.CommandLine.Spec private @Nullable CommandSpec spec;

  /** What stays, and what may go. */
  private record Found(Retention retention, List<Retention.Leftover> leftovers) {}

  @Override
  public Integer call() throws IOException {
    List<Path> counted = counted();
    Path root = store(counted);
    if (!delete || !Files.isDirectory(root)) {
      look(counted, root);
      Terminal.out(spec)
          .println(delete ? "There is no store." : "Nothing was deleted; add --delete.");
      return Exit.DONE;
    }
    try (StoreUse alone = StoreUse.alone(root)) { // no run begins meanwhile
      Found found = look(counted, root);
      found.retention().delete(found.leftovers());
      Terminal.out(spec).println("Deleted.");
      return Exit.DONE;
    } catch (StoreUse.Refusal e) {
      throw Refusal.environment(String.valueOf(e.getMessage()));
    }
  }

  /** Tells what stays and what may go. */
  private Found look(List<Path> counted, Path root) throws IOException {
    Map<Path, Path> folders = experiments(counted, root);
    users(root).forEach(folder -> folders.putIfAbsent(folder, parent(folder)));
    List<Referrer> referrers = new ArrayList<>();
    folders.forEach((folder, of) -> referrers.add(Referrer.of(folder, settings, of)));
    doubts(referrers);
    Retention retention = retention(ArtifactStore.view(root), referrers);
    Found found = new Found(retention, retention.leftovers());
    print(found, folders.values(), referrers.size());
    return found;
  }

  /**
   * The experiments that ran with the store and are still there.
   *
   * @throws Refusal where that cannot be told: on another machine, or where the whole results
   *     folder is missing, as with its disk
   */
  private static List<Path> users(Path root) throws IOException {
    List<Path> folders = new ArrayList<>();
    List<String> unreachable = new ArrayList<>();
    for (StoreUse.User user : StoreUse.users(root)) {
      boolean gone = user.isOfThisHost() && Files.isDirectory(parent(user.folder()));
      Optional<Path> place = user.place();
      if (place.isPresent()) {
        folders.add(place.get());
      } else if (!gone) {
        unreachable.add(
            "%s of %s refers to this store and cannot be looked at from here: bring it back, or delete %s if it is gone for good."
                .formatted(user.folder(), user.host(), user.file()));
      }
    }
    if (!unreachable.isEmpty()) {
      throw new Refusal(Exit.ENVIRONMENT, unreachable);
    }
    return folders;
  }

  private static Path parent(Path folder) {
    return Optional.ofNullable(folder.getParent()).orElse(folder);
  }

  /** The results folders that are counted; each must be there, for a slip would empty a store. */
  private List<Path> counted() {
    settings.stream()
        .filter(word -> PLACES.stream().noneMatch(word::startsWith))
        .findFirst()
        .ifPresent(
            word -> {
              throw Refusal.usage(
                  "\"%s\" is nothing gc takes: it looks at all experiments of its results folders, and takes --results DIR and store=DIR."
                      .formatted(word));
            });
    if (results.stream().anyMatch(dir -> dir.toString().isEmpty())) {
      throw Refusal.usage("--results is empty; it must be a folder.");
    }
    List<Path> counted =
        results.isEmpty()
            ? List.of(machine(Optional.empty()).resultsDir())
            : results.stream().map(dir -> dir.toAbsolutePath().normalize()).distinct().toList();
    for (Path dir : counted) {
      if (!Files.isDirectory(dir)) {
        throw Refusal.usage(
            "There is no results folder %s: name those that are with --results.".formatted(dir));
      }
    }
    return counted;
  }

  private Machine machine(Optional<Path> dir) {
    return MachineReader.read(Home.folder(), settings, dir, System.getenv());
  }

  /** The one store of all of them. */
  private Path store(List<Path> counted) {
    Set<Path> stores = new LinkedHashSet<>();
    counted.forEach(dir -> stores.add(machine(Optional.of(dir)).storeDir()));
    if (stores.size() > 1) {
      throw Refusal.usage(
          "These results folders have stores of their own (%s): look at one at a time, or name the one they share with store=DIR."
              .formatted(stores.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }
    Path store = stores.iterator().next();
    if (delete && results.isEmpty() && isOutside(store, counted) && !StoreUse.knowsAll(store)) {
      throw Refusal.usage(
          "The store %s is older than its list of users and outside of the results folder %s: name every results folder that shares it with --results."
              .formatted(store, counted.get(0)));
    }
    return store;
  }

  /** Whether the store lies in none of them; where a link leads is where it lies. */
  private static boolean isOutside(Path store, List<Path> counted) {
    return counted.stream().noneMatch(dir -> real(store).startsWith(real(dir)));
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder; // not there yet
    }
  }

  /** The experiments' folders, each with the results folder it is in. */
  private static Map<Path, Path> experiments(List<Path> counted, Path store) throws IOException {
    Map<Path, Path> experiments = new LinkedHashMap<>();
    for (Path dir : counted) {
      try (Stream<Path> all = Files.list(dir)) {
        all.sorted()
            .filter(folder -> !folder.equals(store))
            .filter(Files::isDirectory)
            .filter(Referrer::isExperiment)
            .forEach(folder -> experiments.put(folder, dir));
      }
    }
    return experiments;
  }

  private void doubts(List<Referrer> referrers) {
    for (Referrer referrer : referrers) {
      if (referrer.doubt().isPresent()) {
        Terminal.err(spec)
            .println(
                "lethe: The plan of %s cannot be read (%s): all that its journal has stays, and so do all checkpoints."
                    .formatted(referrer.folder(), referrer.doubt().get()));
      }
    }
  }

  private static Retention retention(ArtifactStore store, List<Referrer> referrers) {
    Set<StageKey> keys = new HashSet<>();
    referrers.forEach(referrer -> keys.addAll(referrer.keys()));
    boolean plansKnown = referrers.stream().allMatch(referrer -> referrer.doubt().isEmpty());
    return new Retention(store, keys, plansKnown);
  }

  private void print(Found found, Collection<Path> results, int experiments) {
    PrintWriter out = Terminal.out(spec);
    String folders =
        results.stream().distinct().map(Path::toString).collect(Collectors.joining(", "));
    out.println(
        "Store %s: %d experiments%s refer to %d artifacts there."
            .formatted(
                found.retention().store().root(),
                experiments,
                folders.isEmpty() ? "" : " of " + folders,
                found.retention().kept()));
    List<Retention.Leftover> leftovers = found.leftovers();
    List<List<String>> rows = new ArrayList<>();
    for (Retention.Kind kind : Retention.Kind.values()) {
      List<Retention.Leftover> of = leftovers.stream().filter(l -> l.kind() == kind).toList();
      rows.add(List.of(kind.title(), String.valueOf(of.size()), megabytes(of)));
    }
    rows.add(List.of("together", String.valueOf(leftovers.size()), megabytes(leftovers)));
    out.println();
    out.print(Columns.markdown(List.of("not needed", "count", "MB"), rows));
  }

  private static String megabytes(List<Retention.Leftover> leftovers) {
    long bytes = leftovers.stream().mapToLong(Retention.Leftover::bytes).sum();
    return String.format(Locale.ROOT, "%.1f", bytes / MEGA);
  }
}

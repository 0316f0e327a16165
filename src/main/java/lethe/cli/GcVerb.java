package lethe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import lethe.ledger.Owner;
import lethe.ledger.Retention;
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
 * {@code lethe gc}: what lies in the store and no experiment refers to. Of several results folders
 * that share a store, all must be named.
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
          "folder of the experiments' folders, in place of results/; several times for"
              + " several that share a store")
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

  @Override
  public Integer call() throws IOException {
    List<Path> counted = counted();
    Path root = store(counted);
    ArtifactStore store = ArtifactStore.view(root);
    Map<Path, Path> folders = experiments(counted, root);
    try (Held held = new Held(new ArrayList<>())) {
      for (Path folder : folders.keySet()) {
        atRest(folder, held);
      }
      List<Referrer> referrers = new ArrayList<>();
      folders.forEach((folder, of) -> referrers.add(Referrer.of(folder, settings, of)));
      doubts(referrers);
      Retention retention = retention(store, referrers);
      List<Retention.Leftover> leftovers = retention.leftovers();
      print(retention, counted, referrers.size(), leftovers);
      if (delete) {
        retention.delete(leftovers);
      }
      Terminal.out(spec).println(delete ? "Deleted." : "Nothing was deleted; add --delete.");
    }
    return Exit.DONE;
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
    if (delete && results.isEmpty() && isOutside(store, counted)) {
      throw Refusal.usage(
          "The store %s is outside of the results folder %s, so others may share it: name every results folder that does with --results."
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

  /** What is to be deleted for is claimed, so that no run begins meanwhile. */
  private void atRest(Path folder, Held held) throws IOException {
    if (delete) {
      try {
        held.owners().add(Owner.claim(folder));
      } catch (Owner.Refusal e) {
        throw Refusal.environment(String.valueOf(e.getMessage()));
      }
      return;
    }
    Optional<Owner.Holder> holder = Owner.alive(folder);
    if (holder.isPresent()) {
      throw Refusal.environment(
          "Another Lethe process is at work in %s (process %d on %s, since %s): let it finish or stop it first."
              .formatted(folder, holder.get().pid(), holder.get().host(), holder.get().started()));
    }
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

  private void print(
      Retention retention,
      List<Path> counted,
      int experiments,
      List<Retention.Leftover> leftovers) {
    PrintWriter out = Terminal.out(spec);
    String folders = counted.stream().map(Path::toString).collect(Collectors.joining(", "));
    out.println(
        "Store %s, counted for %s: %d experiments refer to %d artifacts there."
            .formatted(retention.store().root(), folders, experiments, retention.kept()));
    if (isOutside(retention.store().root(), counted)) {
      out.println(
          "Experiments of other results folders were not counted; name those with --results.");
    }
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

  /** Experiments' folders that are held until the end. */
  private record Held(List<Owner> owners) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      for (Owner owner : owners) {
        owner.close();
      }
    }
  }
}

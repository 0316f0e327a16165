package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineReaderTest {
  @TempDir Path home = Path.of("");

  private Machine read(String text, String... words) {
    Fixtures.file(home, "application.conf", text);
    return MachineReader.read(home, List.of(words), Optional.empty(), Map.of());
  }

  private List<String> problems(String text, String... words) {
    return assertThrows(GridException.class, () -> read(text, words)).problems().stream()
        .map(p -> p.replace(home + "/", ""))
        .toList();
  }

  @Test
  void without_a_file_the_defaults_hold() {
    assertEquals(
        new Machine(
            Machine.Device.AUTO,
            0,
            0,
            home.resolve("data"),
            home.resolve("results"),
            home.resolve("results/store"),
            Machine.QuietTiming.AUTO,
            0,
            7L << 30,
            false,
            60,
            false,
            true,
            Machine.Preflight.AUTO),
        MachineReader.read(home, List.of(), Optional.empty(), Map.of()));
  }

  @Test
  void the_file_wins_over_defaults_and_words_over_the_file() {
    Machine machine =
        read(
            """
            device = cpu
            engine-threads = 2
            cpu-threads = 3
            quiet-timing = off
            micro-batch = 128
            lease.memory = 1.5 GiB
            checkpoint.every = 5
            on-out-of-memory = smaller-passes
            on-host-fault = stop
            preflight = off
            data.dir = /d
            data.fetch = true
            store = ../s
            """,
            "cpu-threads=4",
            "quiet-timing=on",
            "unlearn.cf.epochs=5");
    assertEquals(
        new Machine(
            Machine.Device.CPU,
            2,
            4,
            Path.of("/d"),
            home.resolve("results"),
            home.resolve("../s").normalize(),
            Machine.QuietTiming.ON,
            128,
            3L << 29,
            true,
            5,
            true,
            false,
            Machine.Preflight.OFF),
        machine);
  }

  @Test
  void folders_of_words_and_variables_start_from_the_current_folder() {
    Fixtures.file(home, "application.conf", "data.dir = d\nresults.dir = r");
    Machine machine =
        MachineReader.read(home, List.of(), Optional.of(Path.of("x")), Map.of("LETHE_DATA", "e"));
    assertEquals(Path.of("e").toAbsolutePath(), machine.dataDir());
    assertEquals(Path.of("x").toAbsolutePath(), machine.resultsDir());
    assertEquals(Path.of("x/store").toAbsolutePath(), machine.storeDir());
    Machine typed =
        MachineReader.read(
            home, List.of("data.dir=/w"), Optional.empty(), Map.of("LETHE_DATA", "/e"));
    assertEquals(Path.of("/w"), typed.dataDir());
    assertEquals(home.resolve("r"), typed.resultsDir());
  }

  @Test
  void every_problem_is_told_at_once_with_its_place() {
    assertEquals(
        List.of(
            "application.conf:5: Unknown setting of the machine data.dri; the nearest known is"
                + " data.dir.",
            "application.conf:6: methods belongs to an experiment, not to the machine.",
            "application.conf:7: store is null; leave the line out for the default.",
            "application.conf:8: Unknown setting of the machine treads; the nearest known is"
                + " cpu-threads.",
            "application.conf:1: device is \"gpu\"; it must be one of auto, cpu, cuda.",
            "command line: engine-threads is 0; it must be auto or an integer from 1 to 1024.",
            "application.conf:2: cpu-threads is 1.5; it must be auto or an integer from 1 to 1024.",
            "application.conf:3: quiet-timing is true; it must be one of auto, on, off.",
            "application.conf:4: micro-batch is -1; it must be an integer from 0 to 65536.",
            "application.conf:9: data.fetch is \"perhaps\"; it must be one of true, false.",
            "application.conf:10: preflight is \"never\"; it must be one of auto, on, off."),
        problems(
            """
            device = gpu
            cpu-threads = 1.5
            quiet-timing = true
            micro-batch = -1
            data.dri = x
            methods = [ cf ]
            store = null
            treads = 5
            data.fetch = perhaps
            preflight = never
            """,
            "engine-threads=0"));
  }

  @Test
  void a_file_that_is_no_hocon_says_where() {
    assertEquals(1, problems("device = [").size());
  }
}

package lethe.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import lethe.data.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home in this very process offers a file of 4,000,000 bytes; nothing leaves the machine. */
class FetchTest {
  private static final int SIZE = 4_000_000;
  private static final int HALF = SIZE / 2;

  private final Path folder;
  private final Path place;
  private final Path part;
  private final byte[] whole = new byte[SIZE];
  private final Fetch fetch = new Fetch();
  private final Fetch impatient = new Fetch(Duration.ofMillis(200));
  private final FileHome home;

  FetchTest(@TempDir Path data) throws IOException {
    this.folder = data.resolve("svhn");
    this.place = folder.resolve("train.mat");
    this.part = folder.resolve("train.mat.part");
    for (int i = 0; i < SIZE; i++) {
      whole[i] = (byte) (i * 31 + i / 251);
    }
    this.home = new FileHome("/train.mat", whole);
  }

  @BeforeEach
  void make_the_folder() throws IOException {
    Files.createDirectories(folder);
  }

  @AfterEach
  void close() {
    home.close();
  }

  private Download file() {
    return file(home.address());
  }

  private Download file(URI address) {
    return new Download(address, place, SIZE, md5(whole));
  }

  private static String md5(byte[] bytes) {
    return HexFormat.of().formatHex(Cifar10Files.digest("MD5").digest(bytes));
  }

  private void assertWhole() throws IOException {
    assertArrayEquals(whole, Files.readAllBytes(place));
    assertFalse(Files.exists(part), "it was moved");
  }

  private String refused(Download file) {
    return refused(fetch, file);
  }

  private String refused(Fetch fetch, Download file) {
    DataException refused = assertThrows(DataException.class, () -> fetch.get(file));
    assertFalse(Files.exists(place));
    return refused.getMessage();
  }

  private String cannot(Download file, String reason) {
    return "%s cannot be fetched (%s): run again to go on, or put the file in %s by hand."
        .formatted(file.address(), reason, folder);
  }

  @Test
  void a_file_comes_whole_and_its_folder_is_made() throws IOException {
    Files.delete(folder);
    fetch.get(file());
    assertWhole();
    assertEquals(List.of("whole"), home.asked());
    assertEquals(SIZE, home.sent());
  }

  @Test
  void what_is_there_is_not_asked_for() throws IOException {
    Files.writeString(place, "put here by hand");
    fetch.get(file());
    assertEquals(List.of(), home.asked());
    assertEquals("put here by hand", Files.readString(place));
    assertFalse(Files.exists(part));
  }

  @Test
  void a_broken_connection_keeps_what_came_and_the_next_run_asks_for_the_rest() throws IOException {
    home.breakOffAfter(HALF);
    assertEquals(cannot(file(), "it broke off at 2 of 4 MB"), refused(file()));
    assertArrayEquals(Arrays.copyOf(whole, HALF), Files.readAllBytes(part));

    home.breakOffAfter(SIZE);
    fetch.get(file());
    assertWhole();
    assertEquals(List.of("whole", "bytes=2000000-"), home.asked());
    assertEquals(SIZE, home.sent(), "no byte was sent twice");
  }

  @Test
  void a_server_that_knows_no_ranges_sends_all_again() throws IOException {
    Files.write(part, new byte[SIZE + 1]);
    home.ignoreRanges();
    fetch.get(file());
    assertWhole();
    assertEquals(List.of("bytes=4000001-"), home.asked());
    assertEquals(SIZE, home.sent());
  }

  @Test
  void a_part_that_is_already_whole_needs_only_its_checksum() throws IOException {
    Files.write(part, whole);
    fetch.get(file()); // the server answers 416
    assertWhole();
    assertEquals(0, home.sent());
  }

  @Test
  void a_part_that_is_too_long_is_fetched_anew() throws IOException {
    Files.write(part, Arrays.copyOf(whole, SIZE + 1));
    fetch.get(file());
    assertWhole();
    assertEquals(List.of("bytes=4000001-", "whole"), home.asked());
  }

  @Test
  void a_part_of_another_version_is_fetched_anew() throws IOException {
    Files.write(part, new byte[HALF]);
    fetch.get(file());
    assertWhole();
    assertEquals(List.of("bytes=2000000-", "whole"), home.asked());
  }

  @Test
  void an_answer_of_another_place_is_found_out() throws IOException {
    Files.write(part, Arrays.copyOf(whole, HALF));
    home.answerRangesFrom(7);
    fetch.get(file());
    assertWhole();
    assertEquals(List.of("bytes=2000000-", "whole"), home.asked());
  }

  @Test
  void a_redirect_is_followed_with_its_range() throws IOException {
    Files.write(part, Arrays.copyOf(whole, HALF));
    fetch.get(file(home.redirecting()));
    assertWhole();
    assertEquals(List.of("bytes=2000000-"), home.asked());
  }

  @Test
  void a_wrong_checksum_throws_away_what_came() throws IOException {
    Download other = new Download(home.address(), place, SIZE, md5(new byte[1]));
    String sentence =
        "train.mat from %s has the MD5 %s and must have %s: what came is thrown away."
            .formatted(home.address(), md5(whole), md5(new byte[1]));
    assertEquals(sentence, refused(other));
    assertEquals(0, Files.size(part));
    assertEquals(List.of("whole"), home.asked(), "a whole file is not asked for twice");

    Files.write(part, Arrays.copyOf(whole, HALF));
    assertEquals(sentence, refused(other));
    assertEquals(0, Files.size(part));
    assertEquals(List.of("whole", "bytes=2000000-", "whole"), home.asked());
  }

  @Test
  void a_file_that_is_not_offered_keeps_the_part() throws IOException {
    Files.write(part, Arrays.copyOf(whole, HALF));
    Download gone = file(home.address().resolve("/elsewhere"));
    assertEquals(cannot(gone, "the server answers 404"), refused(gone));
    assertEquals(HALF, Files.size(part));
  }

  @Test
  void a_refused_connection_and_an_unknown_host_are_sentences() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Download refusing = file(URI.create("http://localhost:" + free + "/train.mat"));
    assertEquals(cannot(refusing, "no connection"), refused(refusing));
    String tooLong = "a".repeat(64); // for a name: nobody outside is asked
    Download unknown = file(URI.create("http://" + tooLong + "/train.mat"));
    assertEquals(cannot(unknown, "no host of that name is known"), refused(unknown));
  }

  @Test
  void a_server_that_falls_silent_is_not_waited_for() throws IOException {
    home.fallSilentAfter(HALF);
    assertEquals(cannot(file(), "no more came after 2 of 4 MB"), refused(impatient, file()));
    assertEquals(HALF, Files.size(part));
  }

  @Test
  void a_full_disk_is_named() throws IOException {
    Path full = Path.of("/dev/full"); // Linux: takes no byte, as if the disk were full
    assumeTrue(Files.isWritable(full), "there is no " + full);
    Files.createSymbolicLink(part, full);
    FileSystemException refused = assertThrows(FileSystemException.class, () -> fetch.get(file()));
    assertEquals(part.toString(), refused.getFile());
    assertEquals("No space left on device", refused.getReason());
  }

  @Test
  void progress_is_told_in_lines() throws IOException {
    home.pauseInTheMiddle(Duration.ofMillis(700)); // three intervals
    List<String> said = Said.by(Fetch.class, () -> impatient.get(file()));
    assertEquals("Fetching train.mat from " + home.address() + ": 0 of 4 MB", said.get(0));
    assertTrue(said.contains("train.mat: 2 of 4 MB"), said.toString());
    assertEquals(place + " is there and its MD5 is right", said.get(said.size() - 1));
  }

  /** Another process that fetches the same file. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws IOException {
      Path place = Path.of(args[1]);
      new Fetch().get(new Download(URI.create(args[0]), place, SIZE, args[2]));
    }
  }

  @Test
  void two_processes_fetch_a_file_once() throws Exception {
    home.pauseInTheMiddle(Duration.ofSeconds(2)); // both have come by then
    Process one = other();
    Process another = other();
    assertEquals(0, one.waitFor());
    assertEquals(0, another.waitFor());
    assertWhole();
    assertEquals(List.of("whole"), home.asked());
    assertEquals(SIZE, home.sent());
  }

  private Process other() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            home.address().toString(),
            place.toString(),
            md5(whole))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}

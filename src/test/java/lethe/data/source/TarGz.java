package lethe.data.source;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import lethe.data.DataException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.function.Executable;

/** An archive as datasets are offered: files one after the other, by path. */
record TarGz(Path archive) {
  private static final int TRAILER = 8; // bytes: checksum and length, which tell of no image

  void write(LinkedHashMap<String, byte[]> files) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
  }

  /** Cuts the archive in many places, then the last file that it packs; each time, words say so. */
  void assertRefusedWhereverCut(Executable reading) throws IOException {
    byte[] whole = Files.readAllBytes(archive);
    for (int part = 0; part < 20; part++) {
      Files.write(archive, Arrays.copyOf(whole, (whole.length - TRAILER) * part / 20));
      assertRefused(reading);
    }
    byte[] tar = new GzipCompressorInputStream(new ByteArrayInputStream(whole)).readAllBytes();
    int end = tar.length;
    while (tar[end - 1] == 0) { // what fills the last block
      end--;
    }
    try (OutputStream gzip = new GzipCompressorOutputStream(Files.newOutputStream(archive))) {
      gzip.write(tar, 0, end - 20); // amid the last file
    }
    assertRefused(reading);
  }

  private void assertRefused(Executable reading) {
    DataException refused = assertThrows(DataException.class, reading);
    String sentence = refused.getMessage();
    assertTrue(sentence.startsWith(archive + " is cut or damaged"), sentence);
    assertFalse(sentence.matches(".*(null|Exception).*"), sentence);
  }
}

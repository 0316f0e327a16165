package lethe.net;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The TorchScript source among the resources, compiled by the engine: what DJL's own operations
 * lack.
 *
 * <p>An archive of TorchScript is a zip of stored entries; four are enough for a module without
 * parameters. It is written beside nothing, loaded and deleted.
 */
final class Programs implements AutoCloseable {
  private static final String NAME = "kernels";

  private final Model model;
  private final PtSymbolBlock block;

  private Programs(Model model, PtSymbolBlock block) {
    this.model = model;
    this.block = block;
  }

  static Programs load(ai.djl.Device device) {
    Model model = Model.newInstance(NAME, device, "PyTorch");
    try {
      Path dir = Files.createTempDirectory("lethe-kernels");
      Path archive = dir.resolve(NAME + ".pt");
      try {
        pack(archive);
        model.load(dir, NAME, Map.of("trainParam", "true"));
      } finally {
        Files.deleteIfExists(archive);
        Files.deleteIfExists(dir);
      }
    } catch (IOException | MalformedModelException e) {
      model.close();
      throw new EngineUnavailableException(
          "The engine cannot compile its kernels: " + e.getMessage() + ".", e);
    }
    return new Programs(model, (PtSymbolBlock) model.getBlock());
  }

  /**
   * Runs method {@code name}; results live in {@code scope}.
   *
   * @param arguments an {@link NDArray} each, or an {@link NDList} for a list of tensors, in the
   *     order of the method's parameters
   */
  NDList call(NDManager scope, String name, Object... arguments) {
    try (NDArray method = scope.create(new Shape(0))) { // names the method and the results' scope
      method.setName("module_method:" + name);
      NDList inputs = new NDList(method);
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i] instanceof NDList list) {
          for (NDArray array : list) {
            array.setName("p" + i + "[]"); // equal names with brackets make one list
            inputs.add(array);
          }
        } else {
          NDArray array = (NDArray) arguments[i];
          array.setName("x");
          inputs.add(array);
        }
      }
      return IValueUtils.forward(block, inputs, true); // true: no inference mode, graphs may grow
    }
  }

  @Override
  public void close() {
    model.close();
  }

  private static void pack(Path archive) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      store(zip, "k/data.pkl", emptyModule());
      store(zip, "k/code/__torch__.py", source());
      store(zip, "k/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'}); // an empty tuple
      store(zip, "k/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Pickle, protocol 2, of an object of class {@code __torch__.Kernels} with training = True. */
  private static byte[] emptyModule() {
    String pickle = "\u0080\u0002c__torch__\nKernels\n)\u0081}X\b\0\0\0training\u0088sb.";
    return pickle.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] source() throws IOException {
    try (InputStream in = Programs.class.getResourceAsStream("kernels.py")) {
      if (in == null) {
        throw new IOException("the resource lethe/net/kernels.py is missing");
      }
      return in.readAllBytes();
    }
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED); // the reader maps entries; it does not inflate them
    entry.setSize(bytes.length);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}

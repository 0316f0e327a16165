package lethe.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DeviceClassTest {
  @Test
  void the_engine_is_named_with_its_versions() {
    assertTrue(DeviceClass.engine().matches("pytorch-\\d+\\.\\d+\\.\\d+\\+djl-\\d+\\.\\d+\\.\\d+"));
  }

  @Test
  void a_cpu_is_named_by_architecture_and_vector_width() {
    String name = DeviceClass.detect("cpu");
    assertTrue(name.startsWith("cpu-" + System.getProperty("os.arch")), name);
    assertEquals(name, DeviceClass.detect("cpu"));
  }
}

package lethe.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FillsTest {
  @Test
  void noise_has_its_published_values() {
    assertEquals(0.10016382182948291, Fills.noise(0, 0));
    assertEquals(0.6568972587119788, Fills.noise(3, 0));
    assertEquals(-0.4182149537373334, Fills.noise(9, 4097));
  }

  @Test
  void parameters_have_their_published_values() {
    // Width-16 ConvNet, parameter seed 0, the first block: fan-in 3 * 3 * 3 = 27.
    assertEquals(0.019276536498771223, Fills.weight(0, 0, 1, 27)[0], 1e-15);
    assertEquals(0.12860380054569945, Fills.weight(0, 1, 1, 27)[0], 1e-15);
    assertEquals(0.9815711469622329, Fills.gamma(0, 2, 1)[0], 1e-15);
    assertEquals(0.09233286699745805, Fills.beta(0, 3, 1)[0], 1e-15);
  }

  @Test
  void images_have_their_published_values() {
    assertEquals(-0.4132934911179329, Fills.image(0)[0], 1e-15);
    assertEquals(-0.35454852761559447, Fills.image(0)[1], 1e-15);
    assertEquals(0.40189036779325094, Fills.image(0)[2], 1e-15);
    assertEquals(-0.5602898362684053, Fills.image(57)[3071], 1e-13);
  }
}

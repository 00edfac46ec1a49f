package fonio.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Java tasks read of their allotment. */
class AllotmentTest {
  private static final String CUDA = "fonio.env.CUDA_VISIBLE_DEVICES";

  private final Allotment allotment = new Allotment();

  @AfterEach
  void takeBack() {
    allotment.apply(Map.of());
  }

  @Test
  void namesOfTheEnvironmentArePropertiesUntilTheNextAllotment() {
    allotment.apply(Map.of("cores", "0", "env.CUDA_VISIBLE_DEVICES", "2"));
    assertThat(System.getProperty(CUDA)).isEqualTo("2");
    allotment.apply(Map.of("env.OMP_NUM_THREADS", "1"));
    assertThat(System.getProperty(CUDA)).isNull();
    assertThat(System.getProperty("fonio.env.OMP_NUM_THREADS")).isEqualTo("1");
  }
}

package fonio.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.providers.Baggage;
import fonio.providers.BlockOrder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodNamesTest {
  private static PodNames of(String executor, int nodes) {
    String name = "fonio." + executor + ".block-7";
    Baggage baggage = new Baggage("0123456789", executor, Map.of());
    return PodNames.of("fonio", new BlockOrder(name, "c", nodes, 1, Path.of("x"), baggage));
  }

  @Test
  void podsOfABlockAreNumbered() {
    assertThat(of("htex", 2).pods())
        .containsExactly("fonio-0123456789-htex-7-0", "fonio-0123456789-htex-7-1");
    assertThat(of("htex", 2).secret()).isEqualTo("fonio-0123456789-htex");
  }

  @Test
  void executorsThatDifferInWhatNamesCannotHaveAreToldApart() {
    assertThat(of("A_b", 1).job()).isNotEqualTo(of("a-b", 1).job());
    assertThat(of("A_b", 1).executor()).isNotEqualTo(of("a-b", 1).executor());
    assertThat(of("A_b", 1).job()).matches("[a-z0-9-]+").endsWith("-a-b-7");
  }

  @Test
  void longestNameIsStillANameOfAHost() {
    PodNames names = of("x".repeat(80), 1000);
    assertThat(PodNames.of("a".repeat(19), order(names)).pods())
        .allSatisfy(pod -> assertThat(pod.length()).isLessThanOrEqualTo(63));
  }

  private static BlockOrder order(PodNames names) {
    Baggage baggage = new Baggage(names.run(), "x".repeat(80), Map.of());
    return new BlockOrder(
        "fonio." + "x".repeat(80) + ".block-99", "c", names.nodes(), 1, Path.of("x"), baggage);
  }
}

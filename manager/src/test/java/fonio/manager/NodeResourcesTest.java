package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeResourcesTest {
  @Test
  void environmentSpeaksBeforeTheMachine() {
    assertThat(NodeResources.find(Map.of("FONIO_CORES", "12", "FONIO_MEMORY_GB", "1.5")))
        .isEqualTo(new NodeResources(12, 1536));
  }

  @Test
  void machineIsAskedWhereTheEnvironmentIsSilent() {
    NodeResources node = NodeResources.find(Map.of());
    assertThat(node.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(node.memoryMegabytes()).isPositive();
  }

  @Test
  void numberThatIsNoneIsNamedWithItsValue() {
    assertThatThrownBy(() -> NodeResources.find(Map.of("FONIO_CORES", "all")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("FONIO_CORES=all is not a number above 0");
    assertThatThrownBy(() -> NodeResources.find(Map.of("FONIO_MEMORY_GB", "0")))
        .hasMessage("FONIO_MEMORY_GB=0 is not a number above 0");
  }
}

package fonio.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BlockExecutorsInConfigTest {

  @Test
  void aConfigurationTakesThemAmongOthers() {
    HighThroughputExecutor far = HighThroughputExecutor.builder().label("far").build();

    assertThat(Config.builder().executors(new DirectExecutor(), far).build().executors())
        .contains(far);
    assertThatThrownBy(() -> Config.builder().executors(far, far).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("same label");
  }
}

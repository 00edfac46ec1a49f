package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MembarrierTest {
  @Test
  void barrierSaysWhetherItWasPassed() {
    assertThat(Membarrier.global()).isEqualTo(Membarrier.isAvailable());
  }
}

package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MembarrierTest {
  @Test
  void globalBarrierSaysWhetherItWasPassed() {
    assertThat(Membarrier.global()).isEqualTo(Membarrier.isAvailable());
  }

  @Test
  void expeditedBarrierIsPassedWhereOneCanRegister() {
    assertThat(Membarrier.expedited()).isEqualTo(Membarrier.register());
  }
}

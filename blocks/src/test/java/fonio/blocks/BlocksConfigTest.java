package fonio.blocks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BlocksConfigTest {
  private static void refused(ThrowingCallable code, String message) {
    assertThatThrownBy(code)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("executor htex: " + message);
  }

  @Test
  void errorsNameKeyValueAndWhatIsAllowed() {
    Settings plain = Settings.PLAIN;
    refused(plain.blocks(0, 3, 2)::config, "min_blocks=3 is not in 0 to 2");
    refused(plain.blocks(3, 0, 2)::config, "init_blocks=3 is not in 0 to 2");
    refused(plain.blocks(0, 0, 0)::config, "max_blocks=0 is not in 1 to 1000000");
    refused(plain.workers(0, 4)::config, "nodes_per_block=0 is not in 1 to 1000000");
    refused(plain.workers(1, 0)::config, "max_workers_per_node=0 is not in 1 to 1000000");
    refused(plain.parallelism(1.5)::config, "parallelism=1.5 is not in 0 to 1");
    refused(plain.parallelism(Double.NaN)::config, "parallelism=NaN is not in 0 to 1");
    refused(plain.idle(-1)::config, "max_idletime=PT-1S is negative; 0 or more is allowed");
    refused(plain.walltime(-1)::config, "walltime=PT-1S is negative; 0 (none) or more is allowed");
    refused(
        plain.strategy("best")::config,
        "strategy=best is none of none, simple, htex_auto_scale, capacity");
    refused(
        plain.errors("loud")::config, "block_error_handler=loud is none of simple, windowed, none");
  }
}

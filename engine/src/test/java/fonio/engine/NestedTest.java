package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.Config;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.TaskFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NestedTest {

  @Test
  void aTaskCannotStartAnEngineInItsWorkerProcess() {
    try (Engine engine =
        Fonio.start(Config.builder().executors(new DirectExecutor("direct", 1)).build())) {
      App1<Integer, Integer> nested =
          engine.app((Integer n) -> {
            try (Engine inner = Fonio.start()) {
              return inner.app((Integer m) -> m + 1).call(n).join();
            }
          });
      var error = assertThrows(TaskFailedException.class, () -> nested.call(1).join());
      assertInstanceOf(IllegalStateException.class, error.getCause());
      assertTrue(error.getMessage().contains("from a join app"), error.getMessage());
      assertEquals(2, engine.app((Integer n) -> n + 1).call(1).join());
    }
  }
}

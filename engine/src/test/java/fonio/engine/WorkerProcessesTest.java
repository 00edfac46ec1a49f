package fonio.engine;

import fonio.api.DirectExecutor;
import fonio.api.ExecutorConfig;
import fonio.api.Options;
import java.util.List;

class WorkerProcessesTest extends ExecutorContract {
  @Override
  List<ExecutorConfig> executors() {
    return List.of(new DirectExecutor("direct", 2), new DirectExecutor("one", 1));
  }

  @Override
  Options at(int place) {
    return Options.defaults();
  }
}

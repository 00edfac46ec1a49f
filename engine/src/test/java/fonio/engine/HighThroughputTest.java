package fonio.engine;

import fonio.api.ExecutorConfig;
import fonio.api.Options;
import java.util.List;

class HighThroughputTest extends ExecutorContract {
  @Override
  List<ExecutorConfig> executors() {
    return List.of(Nodes.of("htex", 2).build(), Nodes.of("one", 1).build());
  }

  @Override
  Options at(int place) {
    return Options.defaults();
  }
}

package fonio.engine;

import fonio.api.DirectExecutor;
import fonio.api.ExecutorConfig;
import fonio.api.Options;
import fonio.api.ThreadPoolExecutor;
import java.util.List;

/** Each second task runs in a thread, the others in worker processes. */
class ThreadsBesideWorkerProcessesTest extends ExecutorContract {
  @Override
  List<ExecutorConfig> executors() {
    return List.of(
        new DirectExecutor("direct", 2),
        new ThreadPoolExecutor("threads", 2),
        new ThreadPoolExecutor("one", 1));
  }

  @Override
  Options at(int place) {
    return Options.on(place % 2 == 0 ? "direct" : "threads");
  }
}

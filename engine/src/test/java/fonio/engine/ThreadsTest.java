package fonio.engine;

import fonio.api.ExecutorConfig;
import fonio.api.Options;
import fonio.api.ThreadPoolExecutor;
import java.util.List;

class ThreadsTest extends ExecutorContract {
  @Override
  List<ExecutorConfig> executors() {
    return List.of(new ThreadPoolExecutor("threads", 2), new ThreadPoolExecutor("one", 1));
  }

  @Override
  Options at(int place) {
    return Options.defaults();
  }
}

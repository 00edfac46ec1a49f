package fonio.api;

/** Where tasks run. */
public sealed interface ExecutorConfig
    permits ThreadPoolExecutor, DirectExecutor, BlockExecutorConfig {

  /** The name by which {@link Options#executor()} chooses it. */
  String label();
}

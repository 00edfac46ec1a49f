package fonio.api;

/** Where tasks run. */
public sealed interface ExecutorConfig permits ThreadPoolExecutor {

  /** The name by which {@link Options#executor} chooses it. */
  String label();
}

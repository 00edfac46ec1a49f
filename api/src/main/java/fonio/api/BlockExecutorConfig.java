package fonio.api;

import java.util.Map;

/** An executor whose workers run in blocks that a provider gives. */
public sealed interface BlockExecutorConfig extends ExecutorConfig
    permits HighThroughputExecutor, MpiExecutor {

  /** The name of its kind. */
  String word();

  /** Where its blocks come from. */
  ProviderConfig provider();

  /** What its managers go by. */
  Managers managers();

  /** What it is told, by the names that Python programs use as well. */
  Map<String, String> keys();
}

package fonio.engine;

import fonio.api.HighThroughputExecutor;
import fonio.api.LocalProvider;

/** Executors of blocks for tests: their nodes are this machine. */
final class Nodes {
  private Nodes() {}

  /** Blocks of one worker each, that come and do not go. */
  static HighThroughputExecutor.Builder of(String label, int blocks) {
    return HighThroughputExecutor.builder()
        .label(label)
        .provider(
            LocalProvider.builder().initBlocks(blocks).minBlocks(blocks).maxBlocks(blocks).build())
        .maxWorkersPerNode(1)
        .jvmOptions("-XX:TieredStopAtLevel=1");
  }
}

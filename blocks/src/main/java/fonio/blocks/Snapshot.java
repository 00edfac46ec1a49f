package fonio.blocks;

import java.util.List;

/**
 * All that a strategy decides from.
 *
 * @param config limits and wishes
 * @param demand what there is to do now
 * @param recent what there was to do at each decision of the last {@code maxIdletime}, now included
 * @param watchedNanos how long demand has been watched
 * @param tasklessNanos how long there has been nothing to do; 0 while there is
 * @param blocks those that are wanted: submitting, pending or running, oldest first
 * @param workersPerNode what managers told, the guess before that
 * @param reported whether a manager has ever told
 * @param typicalWaitNanos how long a block of this run waits for its nodes
 */
public record Snapshot(
    BlocksConfig config,
    Demand demand,
    List<Demand> recent,
    long watchedNanos,
    long tasklessNanos,
    List<BlockView> blocks,
    int workersPerNode,
    boolean reported,
    long typicalWaitNanos) {

  public Snapshot {
    recent = List.copyOf(recent);
    blocks = List.copyOf(blocks);
  }
}

package fonio.blocks;

/**
 * A block that is wanted, as a strategy sees it.
 *
 * @param id its name
 * @param state submitting, pending or running
 * @param held whether the batch system holds it until somebody releases it
 * @param stateNanos how long it has been in this state; submitting counts as pending
 * @param managers that are connected
 * @param workers that they have
 * @param tasks that it has
 * @param idleNanos how long it has had none although managers are connected; 0 otherwise
 */
public record BlockView(
    String id,
    BlockState state,
    boolean held,
    long stateNanos,
    int managers,
    int workers,
    long tasks,
    long idleNanos) {

  /** Whether tasks can be sent to it. */
  public boolean isConnected() {
    return managers > 0;
  }

  /** Whether it still waits for nodes. */
  public boolean isWaiting() {
    return state != BlockState.RUNNING;
  }
}

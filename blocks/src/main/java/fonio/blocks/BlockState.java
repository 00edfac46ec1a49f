package fonio.blocks;

/** Where a block stands. */
public enum BlockState {
  /** Its job is being handed to the batch system. */
  SUBMITTING,
  /** Its job waits for nodes. */
  PENDING,
  /** Its job runs; its managers have connected or will. */
  RUNNING,
  /** It is wanted no more: its managers finish what they have, or its job is cancelled. */
  DRAINING,
  /** Its job is over. */
  ENDED
}

package fonio.api;

/** Which of the nodes with room gets the next task. */
public enum ManagerSelector {
  /** Any: the load is even, and no node is emptied. */
  RANDOM,
  /** One of the oldest block: the youngest become empty and can be ended. */
  BLOCK,
  /** The one that has most room for its size. */
  LEAST_LOADED,
  /** The one that has most of the task's input, else the one that has most room. */
  DATA
}

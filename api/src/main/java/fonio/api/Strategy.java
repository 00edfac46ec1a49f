package fonio.api;

/** How many blocks executors of blocks have. */
public enum Strategy {
  /** The first ones only. */
  NONE,
  /** More while tasks wait; all but the fewest go when no task is left. */
  SIMPLE,
  /** As simple, and blocks that are idle go one by one. */
  HTEX_AUTO_SCALE,
  /** By measured times of tasks and of starts of blocks. */
  CAPACITY
}

package fonio.api;

/**
 * The moment at which results of cached apps are written down, so that later runs find them, also
 * when the program is killed afterwards.
 */
public enum CheckpointMode {
  /** Never: equal calls run once in a run, and again in the next one. */
  NONE,
  /** Some tens of milliseconds after each task. */
  TASK_EXIT,
  /** Once in each {@link Config#checkpointPeriod()}. */
  PERIODIC,
  /** When the run is closed. */
  DFK_EXIT,
  /** When the program asks for it by {@link Engine#checkpoint()}; the rest is lost at the end. */
  MANUAL
}

package fonio.api;

/** What becomes of a task whose worker process died while it ran. */
public enum OnWorkerLost {
  /** It runs again, outside its retries, on at most three workers that die under it. */
  RERUN,
  /** It ends in a {@link WorkerLostException}: for tasks that must not be begun twice. */
  FAIL
}

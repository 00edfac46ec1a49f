package fonio.engine;

/** Work beside the path of a task that the loop does between turns. */
interface Housekeeper {
  /** Does what is there; 0 when nothing was. */
  int doWork();
}

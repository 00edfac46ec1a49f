package fonio.providers;

import java.time.Duration;

/**
 * What the providers of all batch systems are told.
 *
 * @param launcher what starts the command on the nodes
 * @param workerInit shell text that runs before the launcher
 * @param statusPeriod how often the status may be asked for. Too short: the batch system is busy
 *     with us; too long: ended blocks are seen late
 * @param batchSize of how many jobs one query asks at most
 */
record BatchSettings(Launcher launcher, String workerInit, Duration statusPeriod, int batchSize) {

  /**
   * Those of the keys.
   *
   * @param launcher the name of the one that is used when none is given
   */
  static BatchSettings of(Keys keys, String launcher, int batchSize) {
    int nodes = keys.wholeNumber("nodes_per_block", 1, 1);
    return of(keys, Launchers.of(keys, launcher, nodes), batchSize);
  }

  static BatchSettings of(Keys keys, Launcher launcher, int batchSize) {
    return new BatchSettings(
        launcher,
        keys.lines("worker_init"),
        keys.seconds("status_polling_interval", "10"),
        batchSize);
  }
}

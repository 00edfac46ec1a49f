package fonio.providers;

import java.time.Duration;

/**
 * What the providers of all batch systems are told.
 *
 * @param workerInit shell text that runs before the launcher
 * @param statusPeriod how often the status may be asked for. Too short: the batch system is busy
 *     with us; too long: ended blocks are seen late
 * @param batchSize of how many jobs one query asks at most
 */
record BatchSettings(
    Launcher launcher, String workerInit, Duration statusPeriod, int batchSize, int nodes) {

  static BatchSettings of(Keys keys, String launcher, int batchSize) {
    return new BatchSettings(
        Launchers.of(keys, launcher),
        keys.lines("worker_init"),
        keys.seconds("status_polling_interval", "10"),
        batchSize,
        keys.wholeNumber("nodes_per_block", 1, 1));
  }
}

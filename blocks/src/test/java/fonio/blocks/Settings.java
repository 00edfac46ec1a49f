package fonio.blocks;

import java.time.Duration;

/** A configuration that tests change bit by bit. */
record Settings(
    int init,
    int min,
    int max,
    double parallelism,
    int nodes,
    int guess,
    int idleSeconds,
    int walltimeSeconds,
    String strategy,
    String errors) {

  /** Blocks from 0 to 10 of one node with 4 workers; idle for 120 s. */
  static final Settings PLAIN = new Settings(0, 0, 10, 1, 1, 4, 120, 0, "none", "simple");

  Settings blocks(int newInit, int newMin, int newMax) {
    return new Settings(
        newInit,
        newMin,
        newMax,
        parallelism,
        nodes,
        guess,
        idleSeconds,
        walltimeSeconds,
        strategy,
        errors);
  }

  Settings parallelism(double value) {
    return new Settings(
        init, min, max, value, nodes, guess, idleSeconds, walltimeSeconds, strategy, errors);
  }

  Settings workers(int newNodes, int newGuess) {
    return new Settings(
        init,
        min,
        max,
        parallelism,
        newNodes,
        newGuess,
        idleSeconds,
        walltimeSeconds,
        strategy,
        errors);
  }

  Settings idle(int seconds) {
    return new Settings(
        init, min, max, parallelism, nodes, guess, seconds, walltimeSeconds, strategy, errors);
  }

  Settings walltime(int seconds) {
    return new Settings(
        init, min, max, parallelism, nodes, guess, idleSeconds, seconds, strategy, errors);
  }

  Settings strategy(String name) {
    return new Settings(
        init, min, max, parallelism, nodes, guess, idleSeconds, walltimeSeconds, name, errors);
  }

  Settings errors(String name) {
    return new Settings(
        init, min, max, parallelism, nodes, guess, idleSeconds, walltimeSeconds, strategy, name);
  }

  BlocksConfig config() {
    return new BlocksConfig(
        "htex",
        init,
        min,
        max,
        parallelism,
        nodes,
        guess,
        Duration.ofSeconds(idleSeconds),
        Duration.ofSeconds(5),
        Duration.ofSeconds(walltimeSeconds),
        strategy,
        errors);
  }
}

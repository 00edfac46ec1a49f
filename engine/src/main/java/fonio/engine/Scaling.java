package fonio.engine;

import java.time.Duration;

/**
 * How often and by which strategy the number of blocks is decided.
 *
 * @param strategy its name
 * @param period between two decisions
 * @param maxIdletime how long a block may be spare
 */
record Scaling(String strategy, Duration period, Duration maxIdletime) {
  /** The strategy of runs that name none. */
  static final Scaling USUAL = new Scaling("simple", Duration.ofSeconds(5), Duration.ofMinutes(2));
}

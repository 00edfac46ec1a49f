package fonio.engine;

import fonio.api.Config;
import java.time.Duration;
import java.util.Locale;

/**
 * How often and by which strategy the number of blocks is decided.
 *
 * @param strategy its name
 * @param period between two decisions
 * @param maxIdletime how long a block may be spare
 */
record Scaling(String strategy, Duration period, Duration maxIdletime) {
  static Scaling of(Config config) {
    return new Scaling(
        config.strategy().name().toLowerCase(Locale.ROOT),
        config.strategyPeriod(),
        config.maxIdletime());
  }
}

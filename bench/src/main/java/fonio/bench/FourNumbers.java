package fonio.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What is reported of a sweep, always together: the granularity at 50 % and at 95 % efficiency, the
 * floor, and the serial cost of a task, which is the floor over the cores; times in seconds of a
 * core. A granularity that the sweep does not reach is empty.
 */
record FourNumbers(
    Optional<Bootstrap.Interval> half,
    Optional<Bootstrap.Interval> ninetyFive,
    Bootstrap.Interval floor,
    Bootstrap.Interval serial) {
  /** The names in results: microseconds of a core, and the greatest number of tasks a second. */
  static final List<String> NAMES = List.of("us", "95_us", "floor_us", "serial_us", "rate");

  /** The numbers of all repetitions of a sweep. */
  static FourNumbers of(Sweep sweep, int cores) {
    Bootstrap.Interval floor =
        interval(sweep, points -> OptionalDouble.of(Metg.floor(points))).orElseThrow();
    return new FourNumbers(
        interval(sweep, points -> Metg.at(0.5, points)),
        interval(sweep, points -> Metg.at(0.95, points)),
        floor,
        floor.times(1.0 / cores));
  }

  private static Optional<Bootstrap.Interval> interval(
      Sweep sweep, Function<List<Metg.Point>, OptionalDouble> statistic) {
    return Bootstrap.of(sweep.repetitions(), drawn -> statistic.apply(sweep.points(drawn)));
  }

  /** The granularity at 50 % of one sweep over that of another with which it took turns. */
  static Optional<Bootstrap.Interval> ratio(Sweep own, Sweep other) {
    return Bootstrap.of(
        own.repetitions(),
        drawn -> {
          OptionalDouble mine = Metg.at(0.5, own.points(drawn));
          OptionalDouble theirs = Metg.at(0.5, other.points(drawn));
          return mine.isPresent() && theirs.isPresent()
              ? OptionalDouble.of(mine.getAsDouble() / theirs.getAsDouble())
              : OptionalDouble.empty();
        });
  }

  /** The numbers that there are, by their names. */
  Map<String, Bootstrap.Interval> named() {
    Map<String, Bootstrap.Interval> named = new LinkedHashMap<>();
    half.ifPresent(found -> named.put("us", found.times(1e6)));
    ninetyFive.ifPresent(found -> named.put("95_us", found.times(1e6)));
    named.put("floor_us", floor.times(1e6));
    named.put("serial_us", serial.times(1e6));
    named.put("rate", serial.inverse());
    return named;
  }
}

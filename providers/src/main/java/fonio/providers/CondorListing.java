package fonio.providers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What condor_q and condor_history print: a line for each node, its values between tabs. */
final class CondorListing {
  private static final int VALUES = 7;
  private static final int SIGNAL_BASE = 128;

  /** As long as a node stands so, the block does. The first that is met counts. */
  private static final List<JobState> OPEN =
      List.of(JobState.RUNNING, JobState.HELD, JobState.PENDING, JobState.UNKNOWN);

  private static final List<JobState> WORST =
      List.of(JobState.FAILED, JobState.TIMEOUT, JobState.CANCELLED, JobState.COMPLETED);

  private CondorListing() {}

  /** The nodes of each job. */
  static Map<String, List<Sighting>> read(String text) {
    Map<String, List<Sighting>> jobs = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      String[] values = line.split("\t", -1);
      if (values.length >= VALUES && values[0].strip().matches("\\d+")) {
        jobs.computeIfAbsent(values[0].strip(), id -> new ArrayList<>()).add(sighting(values));
      }
    }
    return jobs;
  }

  /** How a job is whose nodes are like these. */
  static Sighting together(List<Sighting> nodes) {
    List<JobState> order = new ArrayList<>(OPEN);
    order.addAll(WORST);
    return nodes.stream()
        .min((a, b) -> Integer.compare(order.indexOf(a.state()), order.indexOf(b.state())))
        .orElseThrow();
  }

  private static Sighting sighting(String[] values) {
    String held = words(values[5]);
    String removed = words(values[6]);
    return switch (values[1].strip()) {
      case "1" -> Sighting.of(JobState.PENDING, "");
      case "2", "6" -> Sighting.of(JobState.RUNNING, "");
      case "3" ->
          Sighting.of(
              removed.contains("PeriodicRemove") || removed.contains("periodic")
                  ? JobState.TIMEOUT
                  : JobState.CANCELLED,
              removed);
      case "4" -> ended(values);
      case "5", "7" -> Sighting.of(JobState.HELD, held);
      default -> Sighting.of(JobState.UNKNOWN, "");
    };
  }

  private static Sighting ended(String[] values) {
    if (values[3].strip().equals("true")) {
      String signal = values[4].strip();
      int code = signal.matches("\\d{1,3}") ? SIGNAL_BASE + Integer.parseInt(signal) : SIGNAL_BASE;
      return new Sighting(JobState.FAILED, "signal " + signal, OptionalInt.of(code));
    }
    String code = values[2].strip();
    return code.matches("\\d{1,9}")
        ? Sighting.ended(Integer.parseInt(code), "")
        : Sighting.of(JobState.COMPLETED, "");
  }

  private static String words(String value) {
    return value.strip().equals("undefined") ? "" : value.strip();
  }
}

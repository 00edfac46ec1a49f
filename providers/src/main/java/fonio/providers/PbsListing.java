package fonio.providers;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code qstat -f} prints: jobs one after the other, an attribute a line; a line that begins
 * with a tab goes on with the line before. Slurm's own qstat begins the attributes themselves with
 * a tab, and breaks no lines.
 */
final class PbsListing {
  private static final Pattern JOB = Pattern.compile("^Job Id:\\s*(\\S+)\\s*$");
  private static final Pattern ATTRIBUTE = Pattern.compile("^\\s+([\\w.]+)\\s*=\\s*(.*)$");

  /** Exit statuses above it stand for signals in PBS. */
  private static final int SIGNAL_BASE = 256;

  private static final int TERM = 15;
  private static final int SHELL_SIGNAL_BASE = 128;

  /** Exit statuses of jobs that the server ended for their walltime, in PBS Pro and in Torque. */
  private static final int PRO_WALLTIME = -29;

  private static final int TORQUE_WALLTIME = -11;

  private PbsListing() {}

  static Map<String, Sighting> read(String text) {
    Map<String, Map<String, String>> jobs = new LinkedHashMap<>();
    Map<String, String> current = new HashMap<>();
    String last = "";
    boolean tabbed = false;
    for (String line : text.lines().toList()) {
      Matcher job = JOB.matcher(line);
      Matcher attribute = ATTRIBUTE.matcher(line);
      if (job.find()) {
        current = new HashMap<>();
        jobs.put(job.group(1), current);
        last = "";
      } else if (line.startsWith("\t") && !last.isEmpty() && !tabbed) {
        current.merge(last, line.substring(1), String::concat);
      } else if (attribute.find()) {
        tabbed = line.startsWith("\t");
        last = attribute.group(1);
        current.put(last, attribute.group(2));
      }
    }
    Map<String, Sighting> seen = new HashMap<>();
    jobs.forEach((id, attributes) -> seen.put(id, sighting(attributes)));
    return seen;
  }

  private static Sighting sighting(Map<String, String> attributes) {
    String comment = attributes.getOrDefault("comment", "").strip();
    return switch (attributes.getOrDefault("job_state", "").strip()) {
      case "Q", "W", "T" -> Sighting.of(JobState.PENDING, comment);
      case "H", "S", "U" -> Sighting.of(JobState.HELD, comment);
      case "R", "E", "B", "M" -> Sighting.of(JobState.RUNNING, comment);
      case "F", "C", "X" -> ended(attributes, comment);
      default -> Sighting.of(JobState.UNKNOWN, comment);
    };
  }

  private static Sighting ended(Map<String, String> attributes, String comment) {
    String text =
        attributes.getOrDefault("Exit_status", attributes.getOrDefault("exit_status", "")).strip();
    if (!text.matches("-?\\d{1,9}")) {
      // Deleted before it ran; or it ran, and this server does not say how that ended.
      boolean ran = attributes.containsKey("exec_host");
      return Sighting.of(ran ? JobState.MISSING : JobState.CANCELLED, comment);
    }
    int status = Integer.parseInt(text);
    if (status == PRO_WALLTIME || status == TORQUE_WALLTIME) {
      return new Sighting(JobState.TIMEOUT, comment, OptionalInt.of(status));
    }
    if (status == SIGNAL_BASE + TERM) {
      boolean late = comment.contains("walltime");
      return new Sighting(
          late ? JobState.TIMEOUT : JobState.CANCELLED,
          comment,
          OptionalInt.of(SHELL_SIGNAL_BASE + TERM));
    }
    return Sighting.ended(
        status > SIGNAL_BASE ? status - SIGNAL_BASE + SHELL_SIGNAL_BASE : status, comment);
  }
}

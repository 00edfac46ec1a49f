package fonio.providers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Grid Engine: qsub, qstat, qdel, and qacct for what has ended. */
final class GridEngine implements BatchSystem {
  static final Set<String> KEYS = Set.of("walltime", "scheduler_options", "queue");

  private static final Pattern JOB_ID = Pattern.compile("(?m)^(?:Your job )?(\\d+)\\b");
  private static final Pattern UNKNOWN_JOB = Pattern.compile("does not exist|already in deletion");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\s*(\\d+)\\s+[\\d.]+\\s+\\S+\\s+\\S+\\s+(\\w+)\\s+\\d");
  private static final Pattern FAILED = Pattern.compile("(?m)^failed\\s+(\\d+)\\s*(.*)$");
  private static final Pattern EXIT = Pattern.compile("(?m)^exit_status\\s+(\\d+)");
  private static final int LONGEST_NAME = 200;
  private static final int KILLED = 137;

  private final String fixed;
  private final String schedulerOptions;

  GridEngine(Keys keys) {
    Directives lines = new Directives("#$ ");
    lines.add("-l h_rt=" + keys.walltime("00:10:00"));
    keys.word("queue").ifPresent(name -> lines.add("-q " + name));
    fixed = lines.text();
    schedulerOptions = keys.lines("scheduler_options");
    int nodes = keys.wholeNumber("nodes_per_block", 1, 1);
    if (nodes > 1 && !schedulerOptions.contains("-pe ")) {
      throw keys.bad(
          "nodes_per_block",
          Integer.toString(nodes),
          "Grid Engine gives several nodes by a parallel environment of the site; name it in scheduler_options, such as \"#$ -pe mpi 2\"");
    }
  }

  static Provider provider(Keys keys, Commands commands) {
    return new BatchProvider(
        new GridEngine(keys), BatchSettings.of(keys, "single_node", 1_000), commands);
  }

  @Override
  public String script(BlockOrder block, BlockFiles files, String body) {
    return Template.named("grid_engine")
        .fill(
            Map.of(
                "name",
                JobNames.fitted(block.name(), LONGEST_NAME),
                "options",
                fixed + schedulerOptions,
                "body",
                body));
  }

  @Override
  public List<String> submit(BlockFiles files) {
    return List.of(
        "qsub",
        "-terse",
        "-o",
        files.stdout().toString(),
        "-e",
        files.stderr().toString(),
        files.script().toString());
  }

  @Override
  public Optional<String> jobId(String stdout) {
    Matcher matcher = JOB_ID.matcher(stdout);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** All of the user's jobs: this command cannot be asked for some of them in one table. */
  @Override
  public List<String> query(List<String> jobs) {
    return List.of("qstat");
  }

  @Override
  public Map<String, Sighting> sightings(String stdout, List<String> jobs) {
    Map<String, Sighting> seen = new HashMap<>();
    Matcher row = ROW.matcher(stdout);
    while (row.find()) {
      seen.put(row.group(1), Sighting.of(state(row.group(2)), row.group(2)));
    }
    return seen;
  }

  /** Letters: a job has several at once. */
  private static JobState state(String letters) {
    if (letters.contains("E")) {
      // It stays in the queue and never starts.
      return JobState.FAILED;
    }
    if (letters.contains("d")) {
      return JobState.RUNNING;
    }
    if (letters.matches(".*[hsST].*")) {
      return JobState.HELD;
    }
    if (letters.contains("q")) {
      return JobState.PENDING;
    }
    return letters.matches("[Rrt]+") ? JobState.RUNNING : JobState.UNKNOWN;
  }

  @Override
  public Pattern unknownJob() {
    return UNKNOWN_JOB;
  }

  @Override
  public Optional<List<String>> inquest(String job) {
    return Optional.of(List.of("qacct", "-j", job));
  }

  @Override
  public Optional<Sighting> verdict(String stdout) {
    Matcher exit = EXIT.matcher(stdout);
    if (!exit.find()) {
      return Optional.empty();
    }
    int code = Integer.parseInt(exit.group(1));
    Matcher failed = FAILED.matcher(stdout);
    if (!failed.find() || failed.group(1).equals("0")) {
      return Optional.of(Sighting.ended(code, ""));
    }
    String reason = failed.group(1) + " " + failed.group(2).strip();
    JobState state =
        reason.contains("h_rt")
            ? JobState.TIMEOUT
            : code == KILLED ? JobState.CANCELLED : JobState.FAILED;
    return Optional.of(new Sighting(state, reason.strip(), OptionalInt.of(code)));
  }

  @Override
  public List<String> cancel(List<String> jobs) {
    List<String> words = new ArrayList<>(List.of("qdel"));
    words.addAll(jobs);
    return words;
  }
}

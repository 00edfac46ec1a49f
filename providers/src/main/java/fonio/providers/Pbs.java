package fonio.providers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** PBS Pro (OpenPBS) and Torque: qsub, qstat and qdel, which both call by the same names. */
final class Pbs implements BatchSystem {
  static final Set<String> PRO_KEYS =
      Set.of(
          "account", "queue", "scheduler_options", "select_options", "cpus_per_node", "walltime");
  static final Set<String> TORQUE_KEYS =
      Set.of("account", "queue", "scheduler_options", "walltime");

  private static final Pattern JOB_ID = Pattern.compile("\\d+(\\[\\d*])?(\\.[\\w.-]+)?");
  private static final Pattern UNKNOWN_JOB = Pattern.compile("Unknown Job I[dD]|Job has finished");
  private static final int LONGEST_NAME = 15;

  /** The low byte of error 15001, unknown job. */
  private static final int UNKNOWN_JOB_EXIT_CODE = 153;

  /** How PBS Pro and Torque differ. */
  private interface Dialect {
    String nodes(BlockOrder block);

    List<String> query();
  }

  private final Dialect dialect;
  private final String fixed;
  private final String schedulerOptions;

  private Pbs(Keys keys, Dialect dialect) {
    this.dialect = dialect;
    Directives lines = new Directives("#PBS ");
    lines.add("-l walltime=" + keys.walltime("00:20:00"));
    keys.word("account").ifPresent(name -> lines.add("-A " + name));
    keys.word("queue").ifPresent(name -> lines.add("-q " + name));
    fixed = lines.text();
    schedulerOptions = keys.lines("scheduler_options");
  }

  static Provider pro(Keys keys, Commands commands) {
    int cpus = keys.wholeNumber("cpus_per_node", 1, 1);
    String more =
        keys.word("select_options").map(text -> ":" + text.replaceFirst("^:", "")).orElse("");
    Dialect dialect =
        new Dialect() {
          @Override
          public String nodes(BlockOrder block) {
            return "-l select=" + block.nodes() + ":ncpus=" + cpus + more;
          }

          @Override
          public List<String> query() {
            // -x: finished jobs too, where the server keeps their history.
            return List.of("qstat", "-x", "-f");
          }
        };
    return provider(keys, dialect, "single_node", commands);
  }

  static Provider torque(Keys keys, Commands commands) {
    Dialect dialect =
        new Dialect() {
          @Override
          public String nodes(BlockOrder block) {
            return "-l nodes=" + block.nodes() + ":ppn=" + block.tasksPerNode();
          }

          @Override
          public List<String> query() {
            return List.of("qstat", "-f");
          }
        };
    return provider(keys, dialect, "aprun", commands);
  }

  private static Provider provider(Keys keys, Dialect dialect, String launcher, Commands commands) {
    return new BatchProvider(
        new Pbs(keys, dialect), BatchSettings.of(keys, launcher, 100), commands);
  }

  @Override
  public String script(BlockOrder block, BlockFiles files, String body) {
    return Template.named("pbs")
        .fill(
            Map.of(
                "name",
                JobNames.fitted(block.name(), LONGEST_NAME),
                "nodes",
                dialect.nodes(block),
                "options",
                fixed + schedulerOptions,
                "body",
                body));
  }

  @Override
  public List<String> submit(BlockFiles files) {
    return List.of(
        "qsub",
        "-o",
        files.stdout().toString(),
        "-e",
        files.stderr().toString(),
        files.script().toString());
  }

  @Override
  public Optional<String> jobId(String stdout) {
    return stdout
        .lines()
        .map(String::strip)
        .filter(line -> JOB_ID.matcher(line).matches())
        .findFirst();
  }

  @Override
  public List<String> query(List<String> jobs) {
    List<String> words = new ArrayList<>(dialect.query());
    words.addAll(jobs);
    return words;
  }

  @Override
  public Map<String, Sighting> sightings(String stdout, List<String> jobs) {
    Map<String, Sighting> all = PbsListing.read(stdout);
    Map<String, Sighting> seen = new HashMap<>();
    for (String job : jobs) {
      // Servers show "7.server" by its short or its long name, whatever they were asked for.
      all.forEach((id, sighting) -> {
        if (id.equals(job) || number(id).equals(number(job))) {
          seen.put(job, sighting);
        }
      });
    }
    return seen;
  }

  private static String number(String job) {
    int dot = job.indexOf('.');
    return dot < 0 ? job : job.substring(0, dot);
  }

  @Override
  public Pattern unknownJob() {
    return UNKNOWN_JOB;
  }

  @Override
  public OptionalInt unknownJobExitCode() {
    return OptionalInt.of(UNKNOWN_JOB_EXIT_CODE);
  }

  @Override
  public Optional<List<String>> inquest(String job) {
    return Optional.empty();
  }

  @Override
  public Optional<Sighting> verdict(String stdout) {
    return Optional.empty();
  }

  @Override
  public List<String> cancel(List<String> jobs) {
    List<String> words = new ArrayList<>(List.of("qdel"));
    words.addAll(jobs);
    return words;
  }
}

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
import java.util.regex.PatternSyntaxException;

/** Slurm: sbatch, squeue, scontrol and scancel; it needs no accounting database. */
final class Slurm implements BatchSystem {
  static final Set<String> KEYS =
      Set.of(
          "partition",
          "account",
          "qos",
          "constraint",
          "clusters",
          "cores_per_node",
          "mem_per_node",
          "gpus_per_node",
          "gres",
          "walltime",
          "scheduler_options",
          "regex_job_id",
          "status_batch_size",
          "exclusive");

  private static final Pattern SEEN = Pattern.compile("(?m)^\\s*(\\d+)\\|(\\w+)\\|(.*)$");
  private static final Pattern UNKNOWN_JOB = Pattern.compile("Invalid job id");
  private static final Pattern JOB_STATE = Pattern.compile("\\bJobState=(\\w+)");
  private static final Pattern REASON = Pattern.compile("\\bReason=(\\S+)");
  private static final Pattern EXIT_CODE = Pattern.compile("\\bExitCode=(\\d+):(\\d+)");
  private static final int SIGNAL_BASE = 128;

  private final Pattern jobId;
  private final List<String> clusters;
  private final String fixed;
  private final OptionalInt coresPerNode;
  private final String schedulerOptions;

  Slurm(Keys keys) {
    jobId = jobId(keys);
    clusters = keys.word("clusters").map(name -> List.of("--clusters=" + name)).orElse(List.of());
    schedulerOptions = keys.lines("scheduler_options");
    coresPerNode = keys.wholeNumber("cores_per_node", 1);
    Directives lines = new Directives("#SBATCH ");
    lines.add("--time=" + keys.walltime("00:10:00"));
    if (keys.flag("exclusive", true)) {
      lines.add("--exclusive");
    }
    keys.word("partition").ifPresent(name -> lines.add("--partition=" + name));
    keys.word("account").ifPresent(name -> lines.add("--account=" + name));
    keys.word("qos").ifPresent(name -> lines.add("--qos=" + name));
    keys.word("constraint").ifPresent(name -> lines.add("--constraint=" + name));
    keys.wholeNumber("mem_per_node", 1).ifPresent(gib -> lines.add("--mem=" + gib + "g"));
    keys.wholeNumber("gpus_per_node", 1).ifPresent(count -> lines.add("--gpus-per-node=" + count));
    keys.word("gres").ifPresent(name -> lines.add("--gres=" + name));
    fixed = lines.text();
  }

  static Provider provider(Keys keys, Commands commands) {
    int batchSize = keys.wholeNumber("status_batch_size", 50, 1);
    return new BatchProvider(
        new Slurm(keys), BatchSettings.of(keys, "single_node", batchSize), commands);
  }

  private static Pattern jobId(Keys keys) {
    String text = keys.line("regex_job_id").orElse("Submitted batch job (?P<id>\\S*)");
    String rule = "it must be a regular expression with a group (?P<id>...)";
    try {
      Pattern pattern = Pattern.compile(text.replace("(?P<", "(?<"));
      if (!pattern.namedGroups().containsKey("id")) {
        throw keys.bad("regex_job_id", text, rule);
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw keys.bad("regex_job_id", text, rule + ": " + e.getDescription());
    }
  }

  @Override
  public String script(BlockOrder block, BlockFiles files, String body) {
    Directives lines = new Directives("#SBATCH ");
    coresPerNode.ifPresent(
        cores -> lines.add("--cpus-per-task=" + Math.max(1, cores / block.tasksPerNode())));
    return Template.named("slurm")
        .fill(
            Map.of(
                "name", block.name(),
                "nodes", Integer.toString(block.nodes()),
                "tasks_per_node", Integer.toString(block.tasksPerNode()),
                "options", fixed + lines.text() + schedulerOptions,
                "body", body));
  }

  @Override
  public List<String> submit(BlockFiles files) {
    List<String> words = new ArrayList<>(List.of("sbatch"));
    words.addAll(clusters);
    words.add("--output=" + literal(files.stdout().toString()));
    words.add("--error=" + literal(files.stderr().toString()));
    words.add(files.script().toString());
    return words;
  }

  private static String literal(String path) {
    return path.replace("%", "%%");
  }

  @Override
  public Optional<String> jobId(String stdout) {
    Matcher matcher = jobId.matcher(stdout);
    return matcher.find() && !matcher.group("id").isEmpty()
        ? Optional.of(matcher.group("id"))
        : Optional.empty();
  }

  @Override
  public List<String> query(List<String> jobs) {
    List<String> words = new ArrayList<>(List.of("squeue"));
    words.addAll(clusters);
    words.addAll(List.of("--noheader", "--states=all", "--format=%i|%T|%r"));
    words.add("--jobs=" + String.join(",", jobs));
    return words;
  }

  @Override
  public Map<String, Sighting> sightings(String stdout, List<String> jobs) {
    Map<String, Sighting> seen = new HashMap<>();
    Matcher matcher = SEEN.matcher(stdout);
    while (matcher.find()) {
      seen.put(matcher.group(1), sighting(matcher.group(2), matcher.group(3).strip()));
    }
    return seen;
  }

  private static Sighting sighting(String state, String reason) {
    String words = reason.equals("None") ? "" : reason;
    boolean held = reason.startsWith("JobHeld");
    return Sighting.of(held && state.equals("PENDING") ? JobState.HELD : state(state), words);
  }

  private static JobState state(String word) {
    return switch (word) {
      case "PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_FED" -> JobState.PENDING;
      case "RUNNING", "COMPLETING", "RESIZING", "SIGNALING", "STAGE_OUT" -> JobState.RUNNING;
      case "SUSPENDED", "STOPPED", "REQUEUE_HOLD", "SPECIAL_EXIT", "RESV_DEL_HOLD" -> JobState.HELD;
      case "COMPLETED" -> JobState.COMPLETED;
      case "CANCELLED", "PREEMPTED", "REVOKED" -> JobState.CANCELLED;
      case "TIMEOUT", "DEADLINE" -> JobState.TIMEOUT;
      case "FAILED", "BOOT_FAIL", "NODE_FAIL", "OUT_OF_MEMORY", "LAUNCH_FAILED" -> JobState.FAILED;
      default -> JobState.UNKNOWN;
    };
  }

  @Override
  public Pattern unknownJob() {
    return UNKNOWN_JOB;
  }

  @Override
  public Optional<List<String>> inquest(String job) {
    List<String> words = new ArrayList<>(List.of("scontrol"));
    words.addAll(clusters);
    words.addAll(List.of("--oneliner", "show", "job", job));
    return Optional.of(words);
  }

  @Override
  public Optional<Sighting> verdict(String stdout) {
    Matcher state = JOB_STATE.matcher(stdout);
    if (!state.find()) {
      return Optional.empty();
    }
    Matcher reason = REASON.matcher(stdout);
    Sighting seen = sighting(state.group(1), reason.find() ? reason.group(1) : "");
    Matcher exit = EXIT_CODE.matcher(stdout);
    if (!exit.find()) {
      return Optional.of(seen);
    }
    int code = Integer.parseInt(exit.group(1));
    int signal = Integer.parseInt(exit.group(2));
    return Optional.of(
        new Sighting(
            seen.state(),
            seen.reason(),
            OptionalInt.of(signal == 0 ? code : SIGNAL_BASE + signal)));
  }

  @Override
  public List<String> cancel(List<String> jobs) {
    List<String> words = new ArrayList<>(List.of("scancel"));
    words.addAll(clusters);
    words.addAll(jobs);
    return words;
  }
}

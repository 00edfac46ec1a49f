package fonio.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** What can be said of a {@link DirectExecutor}'s options before it starts anything. */
record DirectChecks(String label) {
  private static final int MOST_WORKERS = 4096;
  private static final Duration LEAST_WALLTIME = Duration.ofMillis(1);
  private static final Duration MOST_WALLTIME = Duration.ofDays(36_500);
  private static final String CORES = "\\d{1,4}(-\\d{1,4})?(,\\d{1,4}(-\\d{1,4})?)*";
  private static final Pattern AFFINITY =
      Pattern.compile("none|block|alternating|block-reverse|list:" + CORES + "(:" + CORES + ")*");

  /** Options by which a worker would run something else. */
  private static final Pattern OTHER_PROGRAM =
      Pattern.compile("-cp|-classpath|--class-path(=.*)?|-jar|-m|--module(=.*)?|--source(=.*)?|-");

  private ConfigurationException bad(String what, Object value, String rule) {
    return new ConfigurationException(
        "%s of executor \"%s\" is \"%s\"; %s".formatted(what, label, value, rule));
  }

  void label(String name) {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new ConfigurationException(
          "the label \""
              + name
              + "\" names files; give the executor one of letters, digits, '.', '_' and '-'");
    }
  }

  void workers(int number) {
    if (number < 1 || number > MOST_WORKERS) {
      throw bad("workers", number, "it must be between 1 and " + MOST_WORKERS);
    }
  }

  void environment(Map<String, String> variables) {
    variables.forEach((name, value) -> {
      if (name.isEmpty() || name.indexOf('=') >= 0 || (name + value).indexOf('\0') >= 0) {
        throw bad(
            "environment",
            name + "=" + value,
            "give each variable a name without '=', and neither name nor value a zero character");
      }
    });
  }

  void workingDirectory(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw bad("workingDirectory", folder, "there is no such folder; make it first");
    }
  }

  static boolean isAffinity(String policy) {
    return AFFINITY.matcher(policy).matches();
  }

  void cpuAffinity(String policy, int workers) {
    if (!isAffinity(policy)) {
      throw bad(
          "cpuAffinity",
          policy,
          "use none, block, alternating, block-reverse or list:0,1:2,3 (the cores of each worker)");
    }
    long listed = policy.chars().filter(c -> c == ':').count();
    if (listed > 0 && listed < workers) {
      throw bad(
          "cpuAffinity",
          policy,
          "it names the cores of %d of the %d workers; name those of each"
              .formatted(listed, workers));
    }
  }

  void maxTasksPerChild(int tasks) {
    if (tasks < 1) {
      throw bad("maxTasksPerChild", tasks, "it must be at least 1; leave it out for never");
    }
  }

  void walltime(Duration longest) {
    if (longest.compareTo(LEAST_WALLTIME) < 0 || longest.compareTo(MOST_WALLTIME) > 0) {
      throw bad(
          "walltime",
          longest,
          "it must be between a millisecond and 36500 days; leave it out for no limit");
    }
  }

  void jvmOption(String word) {
    if (!word.startsWith("-")) {
      throw bad(
          "jvmOptions",
          word,
          "each option is one word that begins with '-'; give a value behind '='");
    }
    if (OTHER_PROGRAM.matcher(word).matches()) {
      throw bad(
          "jvmOptions",
          word,
          "workers have this program's class path and a main class of their own; leave it out");
    }
  }
}

package fonio.api;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What can be said of the options of executors of blocks and their providers before a run. */
record Checks(String owner) {
  private static final Pattern HOST =
      Pattern.compile("([\\w.-]+@)?(\\w[\\w.-]*|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");
  private static final Pattern GROUP_ID = Pattern.compile("\\(\\?P?<id>");
  private static final Duration MOST_WALLTIME = Duration.ofHours(99_999);
  private static final int MOST_PORT = 65_535;

  static Checks of(String owner) {
    return new Checks(owner);
  }

  /** Checks of an executor, whose label they check first. */
  static Checks ofExecutor(String label) {
    new DirectChecks(label).label(label);
    return new Checks("executor \"" + label + "\"");
  }

  ConfigurationException bad(String what, Object value, String rule) {
    return new ConfigurationException("%s of %s is \"%s\"; %s".formatted(what, owner, value, rule));
  }

  void is(String what, int value, int only, String rule) {
    if (value != only) {
      throw bad(what, value, rule);
    }
  }

  void atLeast(String what, int value, int least) {
    if (value < least) {
      throw bad(what, value, "it must be at least " + least);
    }
  }

  void aboveZero(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw bad(what, value, "it must be above 0");
    }
  }

  void share(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw bad(what, value, "it must be between 0 (a block at a time) and 1 (a worker a task)");
    }
  }

  void port(String what, int value) {
    if (value < 1 || value > MOST_PORT) {
      throw bad(what, value, "it must be between 1 and " + MOST_PORT);
    }
  }

  void period(String what, Duration value) {
    if (value.toMillis() < 1) {
      throw bad(what, value, "it must be at least a millisecond");
    }
  }

  void walltime(String what, Duration value) {
    if (value.toSeconds() < 1 || value.compareTo(MOST_WALLTIME) > 0) {
      throw bad(what, value, "it must be between a second and 99999 hours");
    }
  }

  void text(String what, String value) {
    if (value.indexOf('\0') >= 0) {
      throw bad(what, value, "it has a zero character; take that out");
    }
  }

  void filled(String what, String value) {
    text(what, value);
    if (value.isBlank()) {
      throw bad(what, value, "it must not be blank");
    }
  }

  void word(String what, String value) {
    filled(what, value);
    if (value.chars().anyMatch(Character::isWhitespace)) {
      throw bad(what, value, "it must be one word");
    }
  }

  void pattern(String what, String value) {
    text(what, value);
    try {
      Pattern.compile(value.replace("(?P<", "(?<"));
    } catch (PatternSyntaxException e) {
      throw bad(what, value, "it is no regular expression: " + e.getDescription());
    }
    if (!GROUP_ID.matcher(value).find()) {
      throw bad(what, value, "it must have a group (?P<id>...)");
    }
  }

  void lines(String what, List<String> values) {
    values.forEach(value -> line(what, value));
  }

  void linesByName(String what, Map<String, String> values) {
    values.forEach((name, value) -> {
      line(what, name + "=" + value);
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw bad(what, name + "=" + value, "give each a name without '='");
      }
    });
  }

  private void line(String what, String value) {
    text(what, value);
    if (value.indexOf('\n') >= 0) {
      throw bad(what, value, "each must be one line");
    }
  }

  void hosts(String what, List<String> hosts) {
    Set<String> known = new HashSet<>();
    for (String host : hosts) {
      if (!HOST.matcher(host).matches()) {
        throw bad(what, host, "write [user@]host[:port]");
      }
      if (!known.add(host)) {
        throw bad(what, host, "name it once");
      }
    }
  }

  void cpuAffinity(String what, String policy) {
    if (!DirectChecks.isAffinity(policy)) {
      throw bad(
          what,
          policy,
          "use none, block, alternating, block-reverse or list:0,1:2,3 (the cores of each worker)");
    }
  }

  /** A command line around another program's, which stands where {@code {command}} does. */
  void template(String what, String value) {
    text(what, value);
    if (!value.contains("{command}")) {
      throw bad(what, value, "write {command} where the program's own command stands");
    }
  }
}

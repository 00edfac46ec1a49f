package fonio.providers;

import java.util.List;

/** Values in the words of a submit description. */
final class CondorWords {
  private CondorWords() {}

  /** Variables, {@code NAME=VALUE} each, in the syntax that stands between double quotes. */
  static String environment(Keys keys, List<String> variables) {
    StringBuilder words = new StringBuilder();
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      if (equals < 1) {
        throw keys.bad("environment", variable, "give each variable a line, NAME=VALUE");
      }
      String value = variable.substring(equals + 1).replace("'", "''").replace("\"", "\"\"");
      words.append(words.isEmpty() ? "" : " ");
      words.append(variable, 0, equals).append("='").append(value).append('\'');
    }
    return words.toString();
  }

  /** A walltime in seconds. */
  static long seconds(String walltime) {
    String[] parts = walltime.split(":", -1);
    return (Long.parseLong(parts[0]) * 60 + Long.parseLong(parts[1])) * 60
        + Long.parseLong(parts[2]);
  }
}

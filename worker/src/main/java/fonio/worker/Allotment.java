package fonio.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the tasks of this worker have of their node, for them to read: a JVM cannot change its
 * environment, so a name NAME is the system property {@code fonio.env.NAME}.
 */
final class Allotment {
  private static final String ENVIRONMENT = "env.";
  private static final String PROPERTY = "fonio.env.";

  private final List<String> set = new ArrayList<>();

  /** Takes back the last allotment, then makes this one known. */
  void apply(Map<String, String> lines) {
    set.forEach(System::clearProperty);
    set.clear();
    lines.forEach((key, value) -> {
      if (key.startsWith(ENVIRONMENT)) {
        String name = PROPERTY + key.substring(ENVIRONMENT.length());
        set.add(name);
        System.setProperty(name, value);
      }
    });
  }
}

package fonio.providers;

/** The lines of a job script that tell the batch system what the job needs. */
final class Directives {
  private final String prefix;
  private final StringBuilder lines = new StringBuilder();

  /**
   * Assigns.
   *
   * @param prefix what each line begins with
   */
  Directives(String prefix) {
    this.prefix = prefix;
  }

  void add(String option) {
    lines.append(prefix).append(option).append('\n');
  }

  String text() {
    return lines.toString();
  }
}

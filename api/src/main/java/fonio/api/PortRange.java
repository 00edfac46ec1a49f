package fonio.api;

/** Ports to choose from: the first, and the one behind the last. */
public record PortRange(int first, int last) {
  public PortRange {
    Checks checks = Checks.of("the executor");
    checks.port("workerPortRange", first);
    checks.port("workerPortRange", last);
    if (first > last) {
      throw checks.bad("workerPortRange", first + "-" + last, "the first is above the last");
    }
  }
}

package fonio.interchange;

/**
 * Who a manager is.
 *
 * @param name its name, which no other of the run has
 * @param host the machine that it runs on
 * @param pid its process there
 * @param block the block that it belongs to, empty for one that was started by hand
 * @param node what it says of its node
 */
public record ManagerInfo(String name, String host, int pid, String block, NodeFacts node) {
  /** For people: {@code manager m1 on node7 (pid 12, block 3)}. */
  public String text() {
    return "manager %s on %s (pid %d%s)"
        .formatted(name, host, pid, block.isEmpty() ? "" : ", block " + block);
  }
}

package fonio.interchange;

/**
 * Some of the managers of an executor: those of a block, one by its name, or all.
 *
 * @param block the number of a block, empty for none
 * @param manager the name of a manager, empty for none; without a block it means all
 */
public record Part(String block, String manager) {
  /** All managers. */
  public static final Part ALL = new Part("", "");

  /** The managers of a block. */
  public static Part block(String block) {
    return new Part(block, "");
  }

  /** The managers of the block, or the one manager, that is called so; all for an empty name. */
  public static Part named(String name) {
    return new Part(name, name);
  }

  /** Whether a manager is one of them. */
  public boolean covers(ManagerInfo info) {
    return equals(ALL)
        || (!block.isEmpty() && block.equals(info.block()))
        || (!manager.isEmpty() && manager.equals(info.name()));
  }
}

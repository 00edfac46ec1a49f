package fonio.journal;

/** What must have happened to a record before it is called durable. */
public enum Fsync {
  /** The disk says that it has it: survives a power loss. */
  EACH_GROUP,
  /**
   * The operating system has it: survives the end of the process by whatever signal, but not a
   * power loss, after which the journal may be refused as damaged.
   */
  NEVER
}

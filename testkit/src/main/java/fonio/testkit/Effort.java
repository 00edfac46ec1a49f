package fonio.testkit;

/** How much of a long search is done: all of it with FONIO_CAMPAIGN=full, else a third. */
public final class Effort {
  private Effort() {}

  /** How many of so many rounds are made; at least one. */
  public static int of(int rounds) {
    return "full".equals(System.getenv("FONIO_CAMPAIGN")) ? rounds : Math.max(1, rounds / 3);
  }
}

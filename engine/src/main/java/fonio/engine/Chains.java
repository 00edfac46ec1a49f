package fonio.engine;

/** Texts that name the tasks from one that could not run to the one at the root. */
final class Chains {
  private static final int MOST_CHARACTERS = 400;
  private static final String GAP = " <- ... <- ";

  private Chains() {}

  /** Puts a name before a chain; a long chain loses its middle. */
  static String longer(String name, String chain) {
    String all = name + " <- " + chain;
    if (all.length() <= MOST_CHARACTERS) {
      return all;
    }
    int last = chain.lastIndexOf(" <- ");
    return name + GAP + (last < 0 ? chain : chain.substring(last + 4));
  }
}

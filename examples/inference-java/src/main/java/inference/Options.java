package inference;

import java.nio.file.Files;
import java.nio.file.Path;

/** The command line: where the screening's tables are, and what runs the tasks. */
record Options(Path folder, String engine, int workers, long seed, int passes) {

  static final String USAGE =
      """
      usage: ./fonio run examples/inference-java [options] [FOLDER]

      Guesses the docking score of every molecule of a screening, one Java task each.

        FOLDER           what examples/screening wrote (default: screening-out/ABL1-seed42)
        --engine NAME    fonio, pool or serial (default: fonio)
        --workers N      threads (default: all cores)
        --seed N         decides the forest (default: 42)
        --passes N       times the library is gone through; the first also warms the JVM up (default: 3)
      """;

  /**
   * The options of these words; a wrong one is an {@link IllegalArgumentException} that says what
   * to write.
   */
  static Options of(String... words) {
    var folder = Path.of("screening-out", "ABL1-seed42");
    var engine = "fonio";
    int workers = Runtime.getRuntime().availableProcessors();
    long seed = 42;
    int passes = 3;
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--engine" -> engine = value(words, i++);
        case "--workers" -> workers = number(words, i++);
        case "--seed" -> seed = number(words, i++);
        case "--passes" -> passes = number(words, i++);
        case String word when word.startsWith("-") ->
            throw new IllegalArgumentException("there is no option '" + word + "'\n" + USAGE);
        case String word -> folder = Path.of(word);
      }
    }
    if (!Files.isReadable(folder.resolve("ranking.csv"))) {
      throw new IllegalArgumentException(
          "there is no ranking.csv in '"
              + folder
              + "': run ./fonio run examples/screening first, or name its folder");
    }
    return new Options(folder, engine, workers, seed, passes);
  }

  private static String value(String[] words, int at) {
    if (at + 1 == words.length) {
      throw new IllegalArgumentException(words[at] + " needs a value");
    }
    return words[at + 1];
  }

  private static int number(String[] words, int at) {
    var word = value(words, at);
    if (!word.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          words[at] + " needs a whole number of at least 1, not '" + word + "'");
    }
    return Integer.parseInt(word);
  }
}

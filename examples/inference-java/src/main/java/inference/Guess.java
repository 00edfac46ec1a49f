package inference;

import java.util.function.ToDoubleFunction;

/**
 * The answer of one task: a guess in kcal/mol, or NaN for a molecule that cannot be read, and how
 * long it took.
 */
record Guess(double score, long nanos) {

  /** One task. */
  static Guess of(ToDoubleFunction<String> score, String smiles) {
    long start = System.nanoTime();
    double guess;
    try {
      guess = score.applyAsDouble(smiles);
    } catch (UnreadableMolecule _) {
      guess = Double.NaN;
    }
    return new Guess(guess, System.nanoTime() - start);
  }

  boolean readable() {
    return !Double.isNaN(score);
  }
}

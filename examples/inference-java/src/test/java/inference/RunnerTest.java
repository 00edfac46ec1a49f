package inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerTest {
  private static final List<String> MOLECULES =
      IntStream.range(1, 500).mapToObj("C"::repeat).toList();

  @ParameterizedTest
  @ValueSource(strings = {"fonio", "pool", "serial"})
  void everyEngineGivesTheSameGuessesInTheSameOrder(String engine) {
    var guesses = Runner.named(engine, 2).run(String::length, MOLECULES);
    assertEquals(
        MOLECULES.stream().map(smiles -> (double) smiles.length()).toList(),
        guesses.stream().map(Guess::score).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fonio", "pool", "serial"})
  void anUnreadableMoleculeCostsItsOwnGuessOnly(String engine) {
    var guesses = Runner.named(engine, 2).run(RunnerTest::pickyLength, MOLECULES);
    assertFalse(guesses.get(2).readable());
    assertEquals(498, guesses.stream().filter(Guess::readable).count());
  }

  private static double pickyLength(String smiles) {
    if (smiles.length() == 3) {
      throw new UnreadableMolecule(smiles, new IllegalStateException("three"));
    }
    return smiles.length();
  }
}

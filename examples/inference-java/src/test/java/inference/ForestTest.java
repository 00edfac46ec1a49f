package inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForestTest {
  private static final List<Docked> DOCKINGS =
      List.of(
          new Docked("CC(=O)Oc1ccccc1C(=O)O", -9.0),
          new Docked("CC(=O)Oc1ccccc1C(=O)OC", -9.2),
          new Docked("CC(=O)Oc1ccc(C)cc1C(=O)O", -8.8),
          new Docked("CCCCCCCC", -3.0),
          new Docked("CCCCCCCCC", -3.2),
          new Docked("CCCCCCC", -2.8));
  private static final Forest FOREST = Forest.train(DOCKINGS, 42);

  @Test
  void whatIsLikeAGoodMoleculeIsGuessedBetter() {
    assertTrue(FOREST.score("CC(=O)Oc1ccccc1C(=O)N") < FOREST.score("CCCCCCCCCC"));
  }

  @Test
  void theSameSeedGivesTheSameForest() {
    assertEquals(FOREST.score("Cc1ccccc1"), Forest.train(DOCKINGS, 42).score("Cc1ccccc1"));
  }

  @Test
  void aBrokenSmilesIsNamedAndAMoleculeWithoutBitsHasNoGuess() {
    var problem = assertThrows(UnreadableMolecule.class, () -> FOREST.score("C1CC"));
    assertTrue(problem.getMessage().contains("C1CC"), problem.getMessage());
    assertTrue(Double.isNaN(FOREST.score("")));
  }

  @Test
  void oneDockingIsTooFewForAForest() {
    assertThrows(IllegalArgumentException.class, () -> Forest.train(DOCKINGS.subList(0, 1), 42));
  }
}

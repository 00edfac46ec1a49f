package inference;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** No engine: one task after the other in the calling thread. */
record SerialRunner() implements Runner {
  @Override
  public List<Guess> run(ToDoubleFunction<String> score, List<String> molecules) {
    return molecules.stream().map(smiles -> Guess.of(score, smiles)).toList();
  }
}

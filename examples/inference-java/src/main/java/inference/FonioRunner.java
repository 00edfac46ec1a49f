package inference;

import fonio.api.Config;
import fonio.api.ThreadPoolExecutor;
import fonio.engine.Fonio;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Fonio in this JVM: one app, one task a molecule, the results in order. */
record FonioRunner(int workers) implements Runner {
  @Override
  public List<Guess> run(ToDoubleFunction<String> score, List<String> molecules) {
    var config = Config.builder().executors(new ThreadPoolExecutor("threads", workers)).build();
    try (var engine = Fonio.start(config)) {
      var guess = engine.app((String smiles) -> Guess.of(score, smiles));
      return guess.map(molecules.stream()).toList();
    }
  }
}

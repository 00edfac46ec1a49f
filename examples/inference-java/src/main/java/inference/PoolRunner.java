package inference;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;

/** The JDK's fixed thread pool, one future a task. */
record PoolRunner(int workers) implements Runner {
  @Override
  public List<Guess> run(ToDoubleFunction<String> score, List<String> molecules) {
    try (var pool = Executors.newFixedThreadPool(workers)) {
      var futures =
          molecules.stream()
              .map(smiles -> CompletableFuture.supplyAsync(() -> Guess.of(score, smiles), pool))
              .toList();
      return futures.stream().map(CompletableFuture::join).toList();
    }
  }
}

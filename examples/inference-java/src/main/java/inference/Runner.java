package inference;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What runs the tasks; each way gives the same guesses in the same order, so that the ways can be
 * compared.
 */
interface Runner {

  /** Runs one task for each molecule. */
  List<Guess> run(ToDoubleFunction<String> score, List<String> molecules);

  /** The way of this name. */
  static Runner named(String name, int workers) {
    return switch (name) {
      case "fonio" -> new FonioRunner(workers);
      case "pool" -> new PoolRunner(workers);
      case "serial" -> new SerialRunner();
      default ->
          throw new IllegalArgumentException(
              "there is no engine '" + name + "': choose fonio, pool or serial");
    };
  }
}

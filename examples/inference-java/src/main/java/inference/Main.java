package inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The inference stage of the screening in Java: a forest on CDK's fingerprints, one task a
 * molecule. Start here.
 */
public final class Main {
  private Main() {}

  public static void main(String... words) throws IOException {
    if (List.of(words).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    try {
      run(Options.of(words));
    } catch (IllegalArgumentException problem) {
      System.err.println("inference: " + problem.getMessage());
      System.exit(2);
    }
  }

  private static void run(Options options) throws IOException {
    var dockings = dockings(Table.read(options.folder().resolve("ranking.csv")));
    var library = Table.read(options.folder().resolve("library.csv")).column("smiles");
    long start = System.nanoTime();
    var forest = Forest.train(dockings, options.seed());
    System.err.printf(
        Locale.ROOT, "trained on %d dockings in %.1f s%n", dockings.size(), since(start));
    var runner = Runner.named(options.engine(), options.workers());
    int workers = options.engine().equals("serial") ? 1 : options.workers();
    List<Guess> guesses = List.of();
    for (int pass = 1; pass <= options.passes(); pass++) {
      start = System.nanoTime();
      guesses = runner.run(forest::score, library);
      double work = guesses.stream().mapToLong(Guess::nanos).sum() / 1e9;
      System.err.printf(
          "pass %d: %s%n", pass, new Account(guesses.size(), workers, work, since(start)));
    }
    var path = options.folder().resolve("java-guesses.csv");
    int unreadable = write(path, library, guesses);
    System.out.printf(
        Locale.ROOT,
        "%,d molecules, %d of them unreadable for CDK; guesses written to %s%n",
        library.size(),
        unreadable,
        path);
  }

  private static List<Docked> dockings(Table ranking) {
    var smiles = ranking.column("smiles");
    var scores = ranking.column("score_kcal_mol");
    return IntStream.range(0, smiles.size())
        .mapToObj(i -> new Docked(smiles.get(i), Double.parseDouble(scores.get(i))))
        .toList();
  }

  private static int write(Path path, List<String> library, List<Guess> guesses)
      throws IOException {
    var order =
        IntStream.range(0, library.size())
            .filter(i -> guesses.get(i).readable())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> guesses.get(i).score()))
            .toList();
    var lines = new ArrayList<String>(order.size() + 1);
    lines.add("smiles,guess_kcal_mol");
    for (int i : order) {
      lines.add(String.format(Locale.ROOT, "%s,%.3f", library.get(i), guesses.get(i).score()));
    }
    Files.write(path, lines);
    return library.size() - order.size();
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}

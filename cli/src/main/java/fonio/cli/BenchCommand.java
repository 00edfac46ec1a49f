package fonio.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fonio bench}: measurements, with the competitors in the same run. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Fonio, and what else there is, in the same run.",
    optionListHeading = "%nOptions:%n")
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--peers", description = "Beside Parsl, Dask and Ray too (installed once).")
  boolean peers;

  @Option(names = "--quick", description = "Short bursts, a minute or two: is it about right?")
  boolean quick;

  @Option(names = "--list", description = "The measurements that there are.")
  boolean list;

  @Option(
      names = "--compare",
      description = "Measures nothing: the last whole run beside those before it.")
  boolean compare;

  @Option(names = "--systems", paramLabel = "A,B", description = "Only these systems.")
  @Nullable String systems;

  @Option(names = "--rounds", paramLabel = "N", description = "Interleaved repetitions.")
  @Nullable Integer rounds;

  @Option(names = "--out", paramLabel = "FOLDER", description = "Where the results are written.")
  @Nullable String folder;

  @Option(names = "--json", description = "For machines.")
  boolean json;

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Measurements (default: all).")
  List<String> names = List.of();

  @Override
  public Integer call() throws Exception {
    List<String> words = new ArrayList<>(names);
    add(words, peers, "--peers");
    add(words, quick, "--quick");
    add(words, list, "--list");
    add(words, compare, "--compare");
    add(words, json, "--json");
    add(words, "--systems", systems);
    add(words, "--rounds", rounds);
    add(words, "--out", folder);
    return Launcher.call("bench", words);
  }

  private static void add(List<String> words, String option, @Nullable Object value) {
    if (value != null) {
      words.add(option);
      words.add(value.toString());
    }
  }

  private static void add(List<String> words, boolean given, String option) {
    if (given) {
      words.add(option);
    }
  }
}

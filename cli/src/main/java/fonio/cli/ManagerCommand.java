package fonio.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fonio manager}: the workers of this node, for a run elsewhere. */
@Command(
    name = "manager",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the workers of this node for a run of the high-throughput executor, and ends with it.",
      "fonio status shows the words for a run that goes on."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it ended in order",
      "2:wrong usage",
      "3:it was refused, or cannot run here",
      "4:its interchange was lost"
    })
final class ManagerCommand implements Callable<Integer> {
  @Option(
      names = "--connect",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Where the run listens; the first address that answers is taken.")
  List<String> addresses = List.of();

  @Option(names = "--token-file", paramLabel = "FILE", description = "File with the run's secret.")
  @Nullable String token;

  @Option(
      names = "--tls",
      paramLabel = "FILE",
      description = "File with the run's certificate, for a run that encrypts.")
  @Nullable String tls;

  @Option(names = "--block", paramLabel = "ID", description = "The block that it belongs to.")
  @Nullable String block;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Its name, which no other manager of the run has (default: one by chance).")
  @Nullable String name;

  @Option(
      names = "--walltime",
      paramLabel = "SECONDS",
      description = "When its job ends, from now; it finishes what it has before.")
  @Nullable String walltime;

  @Override
  public Integer call() throws Exception {
    List<String> words = new ArrayList<>();
    if (!addresses.isEmpty()) {
      words.addAll(List.of("--connect", String.join(",", addresses)));
    }
    add(words, "--token-file", token);
    add(words, "--tls", tls);
    add(words, "--block", block);
    add(words, "--name", name);
    add(words, "--walltime", walltime);
    return Launcher.call("manager", words);
  }

  private static void add(List<String> words, String option, @Nullable String value) {
    if (value != null) {
      words.addAll(List.of(option, value));
    }
  }
}

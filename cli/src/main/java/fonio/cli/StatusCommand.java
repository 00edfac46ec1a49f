package fonio.cli;

import fonio.engine.ControlClient;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fonio status}: how the runs that go on stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows how runs that go on stand: tasks, executors, blocks, managers, workers.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  fonio status           all runs of this folder that go on",
      "  fonio status 7         run 007",
      "  fonio status --json    for machines"
    })
final class StatusCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin Place place = new Place();

  @Option(names = "--json", description = "For machines: a list of runs.")
  boolean json;

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run (default: all).")
  String run = "";

  @Override
  public Integer call() {
    Home home = place.home();
    PrintWriter out = spec.commandLine().getOut();
    List<Object> trees = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    List<LiveRun> asked = run.isEmpty() ? LiveRun.of(home) : List.of(LiveRun.named(home, run));
    for (LiveRun live : asked) {
      try (ControlClient engine = live.connect()) {
        Map<String, String> entries = engine.ask("status");
        trees.add(tree(live, engine.facts(), entries));
        lines.addAll(StatusText.of(live.number(), engine.facts(), entries));
      } catch (UncheckedIOException gone) {
        throw live.unanswered(gone);
      }
    }
    if (json) {
      out.println(Json.text(trees));
    } else if (lines.isEmpty()) {
      out.println(LiveRun.none(home));
    } else {
      lines.forEach(out::println);
    }
    return ExitCode.DONE;
  }

  private static Object tree(LiveRun live, Map<String, String> facts, Map<String, String> entries) {
    Tree tree = new Tree().text("run", live.number()).text("folder", facts.getOrDefault("run", ""));
    tree.put("pid", facts.getOrDefault("pid", "")).put("client", facts.getOrDefault("client", ""));
    tree.put("durable", facts.getOrDefault("durable", ""));
    entries.forEach(tree::put);
    return tree.value();
  }
}

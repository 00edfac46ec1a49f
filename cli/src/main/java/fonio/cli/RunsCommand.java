package fonio.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fonio runs}: the runs of this folder with their accounts. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists the runs of this folder with their accounts.",
    optionListHeading = "%nOptions:%n")
final class RunsCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin Place place = new Place();

  @Option(names = "--json", description = "For machines: a list of runs.")
  boolean json;

  @Override
  public Integer call() {
    Home home = place.home();
    List<PastRun> runs = home.runs();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(runs));
      return ExitCode.DONE;
    }
    if (runs.isEmpty()) {
      out.println("No runs in " + home.folder() + " yet.");
      return ExitCode.DONE;
    }
    String row = "%-5s %-19s %-9s %10s %8s %8s %9s %9s%n";
    out.printf(row, "run", "started", "state", "tasks", "failed", "reused", "wall s", "work s");
    for (PastRun run : runs) {
      out.printf(
          row,
          run.run(),
          run.startedMillis() == 0 ? "" : TIME.format(Instant.ofEpochMilli(run.startedMillis())),
          run.state(),
          known(run, Long.toString(run.count("submitted"))),
          known(run, Long.toString(run.count("failed") + run.count("dependency_failed"))),
          known(run, Long.toString(run.count("memo_hits"))),
          known(run, seconds(run.count("wall_ns"))),
          known(run, seconds(run.count("work_ns"))));
    }
    return ExitCode.DONE;
  }

  /** A run without an end has no account yet, and no numbers. */
  private static String known(PastRun run, String number) {
    return run.endedMillis() == 0 ? "-" : number;
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
  }
}

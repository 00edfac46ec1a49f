package fonio.cli;

import fonio.engine.ControlClient;
import fonio.memo.FailedTask;
import fonio.memo.PastFailures;
import fonio.memo.StoreException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fonio explain}: why a task waits, who has it, or how it ended. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Says of a task why it waits, who has it, or how it ended.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  fonio explain 17       task 17 of the last run that goes on",
      "  fonio explain 17 3     task 17 of run 003"
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin Place place = new Place();

  @Option(names = "--json", description = "For machines.")
  boolean json;

  @Parameters(index = "0", paramLabel = "TASK", description = "The task's number.")
  long task;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run (default: the last one that goes on).")
  String run = "";

  @Override
  public Integer call() {
    Home home = place.home();
    LiveRun live = LiveRun.named(home, run);
    Map<String, String> answer;
    try (ControlClient engine = live.connect()) {
      answer = new LinkedHashMap<>(engine.ask("explain " + task));
    } catch (UncheckedIOException gone) {
      throw live.unanswered(gone);
    }
    if (answer.containsKey("error")) {
      throw new MissingException(answer.get("error"));
    }
    long last = Long.parseLong(answer.getOrDefault("last_task", "0"));
    if (answer.getOrDefault("state", "").equals("unknown") && task >= 1 && task <= last) {
      failure(home, live)
          .ifPresentOrElse(failed -> tell(answer, failed), () -> toldNoFailure(answer));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Tree tree = new Tree().text("run", live.number());
      answer.forEach(tree::put);
      out.println(Json.text(tree.value()));
    } else {
      print(out, answer);
    }
    return ExitCode.DONE;
  }

  private static void print(PrintWriter out, Map<String, String> answer) {
    String function = answer.getOrDefault("function", "");
    long attempt = Long.parseLong(answer.getOrDefault("attempt", "0"));
    out.println(
        "task %s%s: %s%s"
            .formatted(
                answer.getOrDefault("task", ""),
                function.isEmpty() ? "" : " (" + function + ")",
                answer.getOrDefault("state", "").replace('_', ' '),
                attempt == 0 ? "" : ", attempt " + (attempt + 1)));
    answer.getOrDefault("why", "").lines().forEach(line -> out.println("  " + line));
  }

  /** What the history knows of a task that the engine has let go. */
  private Optional<FailedTask> failure(Home home, LiveRun live) {
    try {
      return PastFailures.of(home.database(), live.number()).stream()
          .filter(failed -> failed.task() == task)
          .findFirst();
    } catch (StoreException damaged) {
      return Optional.empty();
    }
  }

  private static void toldNoFailure(Map<String, String> answer) {
    answer.put("state", "ended");
    answer.merge(
        "why",
        "the run's history has no failure of it, so it ended well or was cancelled",
        (first, more) -> first + "\n" + more);
  }

  private static void tell(Map<String, String> answer, FailedTask failed) {
    answer.put("state", "ended_badly");
    answer.put("function", failed.function());
    answer.put("why", failed.ending() + ": " + failed.error());
  }
}

package fonio.cli;

import fonio.engine.ControlClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fonio stop}: the end of a run, in order. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = {
      "Ends a run in order: its workers, managers and blocks end, what is not done is dropped.",
      "Its program is told so: what it waits for ends in EngineLostError.",
      "A durable run that is stopped does not go on again; its results can be read by fonio.attach."
    },
    optionListHeading = "%nOptions:%n")
final class StopCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin Place place = new Place();

  @Parameters(arity = "1", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Override
  public Integer call() {
    LiveRun live = LiveRun.named(place.home(), run);
    try (ControlClient engine = live.connect()) {
      long begin = System.nanoTime();
      if (engine.stop(PATIENCE)) {
        spec.commandLine()
            .getOut()
            .println(
                String.format(
                    Locale.ROOT,
                    "Run %s has ended, after %.1f s.",
                    live.number(),
                    (System.nanoTime() - begin) / 1e9));
        return ExitCode.DONE;
      }
      throw new MissingException(
          "run %s was asked to end and has not within %d s, as its batch system may be slow to cancel jobs: look again by ./fonio runs, or end its engine by kill %s"
              .formatted(
                  live.number(), PATIENCE.toSeconds(), engine.facts().getOrDefault("pid", "")));
    } catch (UncheckedIOException gone) {
      throw live.unanswered(gone);
    }
  }
}

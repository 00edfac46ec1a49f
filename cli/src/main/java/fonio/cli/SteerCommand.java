package fonio.cli;

import fonio.engine.ControlClient;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that do something with managers and blocks of a run that goes on. */
@Command(
    mixinStandardHelpOptions = true,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExecutors, blocks and managers are named as fonio status shows them:%n",
    footer = {
      "  LABEL             all managers of an executor",
      "  LABEL/BLOCK       those of a block",
      "  LABEL/MANAGER     one"
    })
abstract sealed class SteerCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin Place place = new Place();

  @Parameters(index = "0", paramLabel = "LABEL[/PART]", description = "Which managers.")
  String target = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run (default: the last one that goes on).")
  String run = "";

  /** What those who were told do now. */
  abstract String effect();

  @Override
  public Integer call() {
    LiveRun live = LiveRun.named(place.home(), run);
    Map<String, String> answer;
    try (ControlClient engine = live.connect()) {
      answer = engine.ask(spec.name() + " " + target);
    } catch (UncheckedIOException gone) {
      throw live.unanswered(gone);
    }
    if (answer.containsKey("error")) {
      throw new MissingException("run " + live.number() + ": " + answer.get("error"));
    }
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; answer.containsKey("managers." + i); i++) {
      out.println(answer.get("managers." + i) + " " + effect());
    }
    for (int i = 0; answer.containsKey("blocks." + i); i++) {
      out.println(answer.get("blocks." + i));
    }
    if (!answer.containsKey("managers.0") && !answer.containsKey("blocks.0")) {
      out.println("no manager of executor " + answer.get("executor") + " is there now");
    }
    return ExitCode.DONE;
  }

  /** {@code fonio hold}. */
  @Command(
      name = "hold",
      description = "Sends managers no new tasks, those that come later neither, until release.")
  static final class Hold extends SteerCommand {
    @Override
    String effect() {
      return "is on hold";
    }
  }

  /** {@code fonio release}. */
  @Command(
      name = "release",
      description = "Sends managers tasks again that were on hold, or whose host was avoided.")
  static final class Release extends SteerCommand {
    @Override
    String effect() {
      return "gets tasks again";
    }
  }

  /** {@code fonio verbose}. */
  @Command(
      name = "verbose",
      description = "Logs each frame to and from managers: see fonio logs engine.")
  static final class Verbose extends SteerCommand {
    @Override
    String effect() {
      return "is logged frame by frame";
    }
  }

  /** {@code fonio quiet}. */
  @Command(name = "quiet", description = "Logs the frames of managers no more.")
  static final class Quiet extends SteerCommand {
    @Override
    String effect() {
      return "is not logged frame by frame";
    }
  }

  /** {@code fonio drain}. */
  @Command(
      name = "drain",
      description = {
        "Has managers finish what they have and end; their blocks end with them.",
        "The job of a block that has no manager yet is cancelled."
      })
  static final class Drain extends SteerCommand {
    @Override
    String effect() {
      return "finishes what it has and ends";
    }
  }

  /** {@code fonio kill}. */
  @Command(
      name = "kill",
      description = {
        "Ends managers at once; the tasks that they were running run again elsewhere.",
        "The job of a block that has no manager yet is cancelled."
      })
  static final class Kill extends SteerCommand {
    @Override
    String effect() {
      return "has ended";
    }
  }
}

package fonio.cli;

import fonio.api.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code fonio} command. */
@Command(
    name = "fonio",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs very many very small tasks, from Python and Java.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      RunsCommand.class,
      LogsCommand.class,
      StatusCommand.class,
      ExplainCommand.class,
      StopCommand.class,
      SteerCommand.Hold.class,
      SteerCommand.Release.class,
      SteerCommand.Verbose.class,
      SteerCommand.Quiet.class,
      SteerCommand.Drain.class,
      SteerCommand.Kill.class,
      InterchangeCommand.class,
      ManagerCommand.class,
      HelpCommand.class
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands (fonio COMMAND --help tells more):%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:tasks failed",
      "2:wrong usage",
      "3:something is missing on this machine; the message says what to install or set",
      "4:the engine was lost",
      "130:interrupted",
      "*:run passes the code of the script on"
    })
public final class Main implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  /** Reads the words and calls what they name. */
  public static void main(String[] words) {
    System.exit(commandLine().execute(words));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(Main::explain)
        .setParameterExceptionHandler(Main::explainUsage);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  private static int explain(Exception problem, CommandLine line, CommandLine.ParseResult words)
      throws Exception {
    String text =
        switch (problem) {
          case MissingException missing -> missing.getMessage();
          case ConfigurationException wrong -> wrong.getMessage();
          case UncheckedIOException unread -> unreadable(unread.getCause());
          case IOException unread -> unreadable(unread);
          default -> throw problem;
        };
    line.getErr().println("fonio: " + text);
    return problem instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.ENVIRONMENT;
  }

  private static String unreadable(@Nullable IOException problem) {
    String elsewhere = ": name another folder by --home, or another run by --run";
    return switch (problem) {
      case NoSuchFileException gone -> gone.getFile() + " is not there" + elsewhere;
      case AccessDeniedException closed -> closed.getFile() + " may not be read" + elsewhere;
      case null -> "a file could not be read";
      default -> problem.getClass().getSimpleName() + ": " + problem.getMessage();
    };
  }

  private static int explainUsage(ParameterException problem, String[] words) {
    CommandLine line = problem.getCommandLine();
    PrintWriter err = line.getErr();
    if (problem instanceof UnmatchedArgumentException unmatched) {
      String unknown = String.join(" ", unmatched.getUnmatched());
      err.println("fonio: " + line.getCommandSpec().qualifiedName() + " does not know " + unknown);
      UnmatchedArgumentException.printSuggestions(unmatched, err);
    } else {
      err.println("fonio: " + problem.getMessage());
    }
    err.println("See: " + line.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }
}

package fonio.cli;

import fonio.api.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
      LogsCommand.class
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
public final class Main implements Runnable {
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
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int explain(Exception problem, CommandLine line, CommandLine.ParseResult words)
      throws Exception {
    int code =
        switch (problem) {
          case MissingException _ -> ExitCode.ENVIRONMENT;
          case ConfigurationException _ -> ExitCode.USAGE;
          default -> throw problem;
        };
    line.getErr().println("fonio: " + problem.getMessage());
    return code;
  }

  private static int explainUsage(ParameterException problem, String[] words) {
    CommandLine line = problem.getCommandLine();
    line.getErr().println("fonio: " + problem.getMessage());
    line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }
}

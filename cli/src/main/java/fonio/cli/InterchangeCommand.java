package fonio.cli;

import fonio.engine.TrialConfig;
import fonio.engine.TrialRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fonio interchange}: whether managers on other nodes reach this one, and how fast. */
@Command(
    name = "interchange",
    mixinStandardHelpOptions = true,
    description = {
      "Listens for managers without a run, and shows how to start one.",
      "To each that comes it sends tasks that do nothing, and says how fast they came back;",
      "who is refused or goes is named with the reason."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:as many managers as asked for have answered",
      "1:they have not in time",
      "2:wrong usage, or it cannot listen where it is told to",
      "3:it cannot write its folder",
      "130:interrupted"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fonio interchange                             until Ctrl-C",
      "  fonio interchange --address login1 --managers 2 --patience 300"
    })
final class InterchangeCommand implements Callable<Integer> {
  private static final long STOP_MILLIS = 900;

  /** Whether links are encrypted. */
  static final class Encryption {
    @Option(names = "--tls", description = "Encrypts, also on this machine.")
    boolean tls;

    @Option(names = "--clear", description = "Does not encrypt.")
    boolean clear;
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin Place place = new Place();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port (default: one of 54000-55000).")
  int port;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "How nodes reach this machine (default: all of its addresses).")
  String address = "";

  @ArgGroup @Nullable Encryption encryption;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "How many tasks each manager is sent (default: ${DEFAULT-VALUE}).")
  int tasks = 10_000;

  @Option(
      names = "--managers",
      paramLabel = "K",
      description = "Ends when so many have answered all tasks (default: never).")
  int managers;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "How long --managers may take (default: for ever).")
  @Nullable Double patience;

  @Override
  public Integer call() throws IOException {
    check();
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch ended = new CountDownLatch(1);
    try (TrialRun trial = new TrialRun(config(), out::println)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(trial, ended), "fonio-stop"));
      out.println(
          "The interchange listens, %s. On a node, start a manager by"
              .formatted(trial.isEncrypted() ? "by TLS" : "in clear text"));
      out.println("  ./fonio manager " + trial.invitation());
      boolean done =
          trial.run(
              managers,
              Optional.ofNullable(patience).map(s -> Duration.ofMillis((long) (1000 * s))));
      if (!done && managers > 0) {
        out.println(
            "%d of %d managers have answered all tasks within %.1f s"
                .formatted(trial.passed(), managers, patience));
      }
      return done ? ExitCode.DONE : ExitCode.FAILED;
    } finally {
      ended.countDown();
    }
  }

  private void check() {
    if (port < 0 || port > 65_535) {
      throw wrong("--port " + port + " is not a port: give 0 to 65535");
    }
    if (tasks < 1 || tasks > 100_000_000) {
      throw wrong("--tasks " + tasks + " is not a number of tasks: give 1 to 100000000");
    }
    if (managers < 0) {
      throw wrong("--managers " + managers + " is not a number of managers: give one from 0 on");
    }
    if (patience != null && (managers == 0 || patience <= 0)) {
      throw wrong("--patience " + patience + " needs --managers K, and to be above 0");
    }
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private TrialConfig config() {
    Encryption chosen = encryption;
    return new TrialConfig(
        place.home().folder(),
        address,
        port,
        chosen == null ? Optional.empty() : Optional.of(chosen.tls),
        tasks);
  }

  /** A signal asks for the end: managers are told, and no secret stays behind. */
  private static void stop(TrialRun trial, CountDownLatch ended) {
    trial.stop();
    try {
      if (!ended.await(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        System.err.println("fonio interchange: it did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

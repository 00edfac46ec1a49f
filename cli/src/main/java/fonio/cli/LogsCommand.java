package fonio.cli;

import fonio.memo.FailedTask;
import fonio.memo.PastFailures;
import fonio.memo.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fonio logs}: what is known of failed tasks, and what workers printed. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Shows why tasks failed, or what a worker or the engine printed.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  fonio logs             the failed tasks of the last run",
      "  fonio logs 17          why task 17 failed",
      "  fonio logs direct-w0   what this worker printed",
      "  fonio logs engine      the engine's own log"
    })
final class LogsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin Place place = new Place();

  @Option(names = "--run", paramLabel = "NNN", description = "The run (default: the last one).")
  String run = "";

  @Option(names = "--json", description = "For machines.")
  boolean json;

  @Parameters(
      arity = "0..1",
      paramLabel = "TASK",
      description = "A task's number, a worker's name, or 'engine'.")
  String what = "";

  @Override
  public Integer call() throws IOException {
    Home home = place.home();
    String number = home.runNamed(run).run();
    return what.isEmpty() || what.matches("\\d{1,18}")
        ? failures(home, number)
        : files(home.run(number));
  }

  private int failures(Home home, String number) throws IOException {
    List<FailedTask> failed;
    try {
      failed = PastFailures.of(home.database(), number);
    } catch (StoreException damaged) {
      throw new MissingException(String.valueOf(damaged.getMessage()));
    }
    if (!what.isEmpty()) {
      long task = Long.parseLong(what);
      failed = failed.stream().filter(f -> f.task() == task).toList();
    }
    Map<Long, String> texts = WorkerErrors.of(home.run(number).resolve("workers"));
    failed = failed.stream().map(f -> withTraceback(f, texts.getOrDefault(f.task(), ""))).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(failed));
    } else if (failed.isEmpty()) {
      out.println(
          "Run "
              + number
              + (what.isEmpty() ? ": no task failed." : ": task " + what + " did not fail."));
      out.println("What was printed is in " + home.run(number).resolve("workers") + ".");
    } else {
      for (FailedTask task : failed) {
        out.println("task %d  %s  %s".formatted(task.task(), task.function(), task.ending()));
        task.error().lines().forEach(line -> out.println("  " + line));
      }
    }
    return ExitCode.DONE;
  }

  /** The task with its traceback, if what its worker kept is of the exception that ended it. */
  private static FailedTask withTraceback(FailedTask task, String kept) {
    return kept.startsWith(task.error())
        ? new FailedTask(task.folder(), task.task(), task.function(), task.ending(), kept)
        : task;
  }

  private int files(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    if (what.equals("engine")) {
      texts.put("engine.log", text(folder.resolve("engine.log")));
    } else {
      Path workers = folder.resolve("workers");
      if (Files.isDirectory(workers)) {
        try (Stream<Path> files = Files.list(workers)) {
          for (Path file : files.filter(f -> isOf(f.getFileName().toString())).toList()) {
            texts.put(file.getFileName().toString(), text(file));
          }
        }
      }
    }
    if (texts.isEmpty()) {
      throw new MissingException(
          "there is no worker %s in %s: name a task, a worker such as direct-w0, or 'engine'"
              .formatted(what, folder));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(texts));
    } else {
      texts.forEach(
          (name, text) -> out.print((texts.size() > 1 ? "== " + name + "\n" : "") + text));
      out.flush();
    }
    return ExitCode.DONE;
  }

  /** What stands in a file; a byte that is no text becomes a mark in its place. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private boolean isOf(String file) {
    return file.equals(what + ".out")
        || file.equals(what + ".err")
        || file.equals(what + ".errors");
  }
}

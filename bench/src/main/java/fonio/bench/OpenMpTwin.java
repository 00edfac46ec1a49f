package fonio.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The same graph as OpenMP tasks with {@code depend}: the C program beside this module, compiled
 * here.
 */
final class OpenMpTwin implements Backend {
  private final Path folder;
  private final Path program;
  private final int cores;

  private OpenMpTwin(Path folder, Path program, int cores) {
    this.folder = folder;
    this.program = program;
    this.cores = cores;
  }

  /** The twin, compiled by the machine's C compiler; empty when there is none with OpenMP. */
  static Optional<OpenMpTwin> compile(Path source, int cores) {
    try {
      Path folder = Files.createTempDirectory("fonio-openmp-");
      Path program = folder.resolve("taskbench");
      List<String> command =
          List.of(
              "cc",
              "-O3",
              "-march=native",
              "-fopenmp",
              source.toString(),
              "-o",
              program.toString());
      try {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == 0) {
          return Optional.of(new OpenMpTwin(folder, program, cores));
        }
        System.err.println("the OpenMP twin did not compile: " + said.strip());
      } catch (IOException noCompiler) {
        System.err.println("no C compiler for the OpenMP twin: " + noCompiler.getMessage());
      }
      delete(folder);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "openmp";
  }

  @Override
  public double run(Graph graph, Work work) {
    String said =
        call(
            "-type", graph.pattern().word(),
            "-width", Integer.toString(graph.width()),
            "-steps", Integer.toString(graph.steps()),
            "-iter", Integer.toString(work.iterations()),
            "-output", Integer.toString(work.outputBytes()));
    return number(said, "Elapsed Time ", " seconds");
  }

  @Override
  public double[] kernelNanos() {
    return call("-peak", "400000")
        .lines()
        .filter(line -> line.startsWith("Kernel "))
        .mapToDouble(line -> number(line, "Kernel ", " ns"))
        .toArray();
  }

  @Override
  public void close() {
    delete(folder);
  }

  private String call(String... words) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(cores));
    builder.environment().put("OMP_PROC_BIND", "true");
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "the OpenMP twin ended with exit code " + code + ": " + command);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the OpenMP twin ran", e);
    }
  }

  private static double number(String text, String before, String after) {
    int from = text.lastIndexOf(before) + before.length();
    return Double.parseDouble(text.substring(from, text.indexOf(after, from)));
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not remove " + folder, e);
    }
  }
}

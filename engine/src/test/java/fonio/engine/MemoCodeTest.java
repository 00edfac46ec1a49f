package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.api.CheckpointMode;
import fonio.api.Config;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.Task1;
import fonio.api.ThreadPoolExecutor;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What counts as the same code from one run to the next: programs are compiled, run and changed.
 */
@Timeout(120)
class MemoCodeTest {
  private static final String PROGRAM =
      """
      package program;
      public class Program {
        public static fonio.api.Task1<Object, Object> function() {
          return n -> { System.setProperty("program.ran", "yes"); return BODY; };
        }
        public static int unused() { return 0; }
      }
      """;
  private static final String HELPER =
      "package program; class Helper { static int of(Object n) { return (Integer) n + OFFSET; } }";
  private static final String RESULT =
      "package program; record Result(Object n) implements java.io.Serializable {}";

  @TempDir Path home;
  private int builds;

  /** What a program gives in a run of its own, and whether it ran for it. */
  private record Outcome(Object value, boolean ran) {}

  private Path compiled(Map<String, String> sources) throws IOException {
    Path folder = home.resolve("build" + builds++);
    List<String> words =
        new ArrayList<>(List.of("-cp", fonio.worker.ClassPath.own(), "-d", folder.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve("src").resolve(source.getKey() + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
      words.add(file.toString());
    }
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertThat(javac.run(System.out, System.err, words.toArray(new String[0]))).isZero();
    return folder;
  }

  private Engine start() {
    Config config =
        Config.builder()
            .executors(new ThreadPoolExecutor("threads", 1))
            .runDir(home.resolve("state"))
            .checkpointMode(CheckpointMode.TASK_EXIT)
            .build();
    return new Library(Settings.of(config, Outside.of(Map.of(), home)));
  }

  private Outcome run(Path classes) throws Exception {
    try (Engine engine = start()) {
      return run(classes, engine);
    }
  }

  @SuppressWarnings("unchecked")
  private static Outcome run(Path classes, Engine engine) throws Exception {
    System.clearProperty("program.ran");
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, MemoCodeTest.class.getClassLoader())) {
      var made = loader.loadClass("program.Program").getMethod("function").invoke(null);
      Object value = engine.app((Task1<Object, Object>) made).with(Options.cached()).call(7).join();
      return new Outcome(value, System.getProperty("program.ran") != null);
    }
  }

  private Path program(String body, String helper) throws IOException {
    return compiled(
        Map.of(
            "Program", PROGRAM.replace("BODY", body), "Helper", HELPER.replace("OFFSET", helper)));
  }

  @Test
  void theSameCodeElsewhereIsFoundAgain() throws Exception {
    assertThat(run(program("Helper.of(n)", "1"))).isEqualTo(new Outcome(8, true));
    assertThat(run(program("Helper.of(n)", "1"))).isEqualTo(new Outcome(8, false));
  }

  @Test
  void changedCodeRunsAgain() throws Exception {
    assertThat(run(program("Helper.of(n)", "1"))).isEqualTo(new Outcome(8, true));
    assertThat(run(program("10 + Helper.of(n)", "1"))).isEqualTo(new Outcome(18, true));
    assertThat(run(program("Helper.of(n)", "1"))).isEqualTo(new Outcome(8, false));
  }

  @Test
  void changedCodeThatIsCalledRunsAgain() throws Exception {
    assertThat(run(program("Helper.of(n)", "1"))).isEqualTo(new Outcome(8, true));
    assertThat(run(program("Helper.of(n)", "2"))).isEqualTo(new Outcome(9, true));
  }

  @Test
  void changedCodeThatIsNotCalledDoesNotCount() throws Exception {
    assertThat(run(program("1", "1"))).isEqualTo(new Outcome(1, true));
    assertThat(run(program("1", "2"))).isEqualTo(new Outcome(1, false));
  }

  @Test
  void theCodeOfAProgramInAJarCountsByItsClasses() throws Exception {
    assertThat(run(jar(program("Helper.of(n)", "1")))).isEqualTo(new Outcome(8, true));
    assertThat(run(jar(program("Helper.of(n)", "1")))).isEqualTo(new Outcome(8, false));
    assertThat(run(jar(program("Helper.of(n)", "2")))).isEqualTo(new Outcome(9, true));
  }

  private static Path jar(Path classes) {
    Path jar = classes.resolveSibling(classes.getFileName() + ".jar");
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    String[] words = {"cf", jar.toString(), "-C", classes.toString(), "program"};
    assertThat(tool.run(System.out, System.err, words)).isZero();
    return jar;
  }

  @Test
  void classesOfTheProgramsOwnLoaderComeBack() throws Exception {
    Map<String, String> sources =
        Map.of("Program", PROGRAM.replace("BODY", "new Result(n)"), "Result", RESULT);
    Outcome first = run(compiled(sources));
    Outcome second = run(compiled(sources));
    assertThat(first.value()).hasToString("Result[n=7]");
    assertThat(second.value()).hasToString("Result[n=7]");
    assertThat(second.ran()).isFalse();
    assertThat(first.value().getClass()).isNotEqualTo(second.value().getClass());
  }

  @Test
  void codeThatWasCompiledWhileTheRunGoesOnIsNotTrusted() throws Exception {
    try (Engine engine = start()) {
      Path late = program("Helper.of(n)", "1");
      try (Stream<Path> files = Files.walk(late)) {
        files.forEach(MemoCodeTest::writeTomorrow);
      }
      assertThat(run(late, engine)).isEqualTo(new Outcome(8, true));
    }
    assertThat(run(program("Helper.of(n)", "1"))).isEqualTo(new Outcome(8, true));
  }

  private static void writeTomorrow(Path file) {
    assertThat(file.toFile().setLastModified(System.currentTimeMillis() + 86_400_000L)).isTrue();
  }

  @Test
  void aStoredResultThatCannotBeReadIsMadeAnew() throws Exception {
    Map<String, String> sources =
        Map.of(
            "Program",
            PROGRAM
                .replace("BODY", "make()")
                .replace(
                    "public static int",
                    """
                    static Object make() throws Exception {
                      return Class.forName("program.Re" + "sult").getConstructors()[0].newInstance(1);
                    }
                    public static int\
                    """),
            "Result",
            "package program; public class Result implements java.io.Serializable {"
                + " private static final long serialVersionUID = NUMBER; public Result(int n) {} }");
    for (String uid : List.of("1", "2")) {
      Path classes = compiled(withUid(sources, uid));
      assertThat(run(classes).ran()).isTrue();
      assertThat(run(classes).ran()).isFalse();
    }
    try (Stream<Path> runs = Files.list(home.resolve("state").resolve("runs"))) {
      assertThat(runs).hasSize(4);
    }
  }

  private static Map<String, String> withUid(Map<String, String> sources, String uid) {
    return Map.of(
        "Program", sources.get("Program"), "Result", sources.get("Result").replace("NUMBER", uid));
  }
}

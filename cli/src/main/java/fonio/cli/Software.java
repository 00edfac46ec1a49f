package fonio.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs that Fonio uses, as found. */
final class Software {
  private static final String FACTS =
      "import sys; print(sys.version_info[0] * 100 + sys.version_info[1],"
          + " sys.version.split()[0], sys.executable)";

  private Software() {}

  static Finding platform() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return switch (system) {
      case "Linux amd64" ->
          Finding.have("platform", system, "everything: shared-memory rings, C calls");
      case "Linux aarch64" ->
          Finding.have("platform", system, "Python clients by Unix sockets, not by rings");
      default ->
          system.startsWith("Mac")
              ? Finding.have("platform", system, "Python clients by Unix sockets, not by rings")
              : Finding.miss("platform", system, "use Linux x86-64 (on Windows, WSL)");
    };
  }

  static Finding jdk() {
    String value = Runtime.version() + ", " + System.getProperty("java.home");
    return Finding.have("JDK", value, "the engine and Java tasks").mustBe();
  }

  static Finding python(Map<String, String> environment) {
    List<String> names = new ArrayList<>();
    Optional.ofNullable(environment.get("FONIO_PYTHON")).ifPresent(names::add);
    Optional.ofNullable(environment.get("VIRTUAL_ENV"))
        .ifPresent(folder -> names.add(Path.of(folder, "bin", "python").toString()));
    names.addAll(List.of("python3", "python3.13", "python3.12", "python3.11", "python3.10"));
    String seen = "none";
    for (String name : names) {
      Optional<String> facts = Question.firstLine(List.of(name, "-S", "-E", "-c", FACTS));
      if (facts.isPresent()) {
        String[] words = facts.get().split(" ", 3);
        seen = words[1] + ", " + words[2];
        int number = Integer.parseInt(words[0]);
        if (number >= 310 && number <= 313) {
          return venv(seen, words[2]);
        }
      }
    }
    return Finding.miss(
        "Python",
        seen,
        "install Python 3.10 to 3.13 (Debian, Ubuntu: apt install python3 python3-venv) or set"
            + " FONIO_PYTHON");
  }

  private static Finding venv(String seen, String python) {
    return Question.firstLine(List.of(python, "-c", "import venv, ensurepip")).isPresent()
        ? Finding.have("Python", seen, "Python tasks and private environments")
        : Finding.miss(
            "Python",
            seen + ", without venv",
            "install its venv module (Debian, Ubuntu: apt install python3-venv) or set"
                + " FONIO_PYTHON");
  }

  static Finding tool(String name, String program, String words, String enables, String without) {
    Optional<Path> place = Question.find(program);
    if (place.isEmpty()) {
      return Finding.miss(name, without, "would enable " + enables);
    }
    List<String> command = new ArrayList<>(List.of(place.get().toString()));
    command.addAll(List.of(words.split(" ", -1)));
    return Question.firstLine(command)
        .map(line -> Finding.have(name, line, enables))
        .orElseGet(
            () -> Finding.miss(name, place.get() + " does not answer", "would enable " + enables));
  }
}

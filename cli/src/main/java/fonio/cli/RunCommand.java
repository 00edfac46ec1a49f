package fonio.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fonio run}: a program, with live progress and an account at its end. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs a program with live progress, and closes with an account.",
    optionListHeading = "%nOptions (in front of PATH):%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  fonio run study.py --molecules 100",
      "  fonio run examples/screening",
      "  fonio run --set workers=8 study.py",
      "  fonio run Study.java",
      "",
      "A Python script runs in your own Python: FONIO_PYTHON, the active environment,",
      "or python3. A folder (or a script in one) with a requirements.lock, or with a",
      "requirements.txt in which every line is pinned by ==, runs in a private",
      "environment that is made once. A folder with a pom.xml is compiled first; its",
      "property exec.mainClass names the main class."
    })
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Folder for state, runs and logs (default: .fonio).")
  String home = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting for this run; may be given several times.")
  List<String> settings = List.of();

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH [ARGS]",
      description =
          "A Python script, a Java source file or main class, or a folder with a main.py or a"
              + " pom.xml; then what it is given.")
  List<String> words = List.of();

  @Override
  public Integer call() throws Exception {
    List<String> all = new java.util.ArrayList<>();
    if (!home.isEmpty()) {
      all.addAll(List.of("--home", home));
    }
    for (String setting : settings) {
      all.addAll(List.of("--set", setting));
    }
    all.addAll(words);
    return Launcher.call("run", all);
  }
}

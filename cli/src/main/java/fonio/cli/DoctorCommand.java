package fonio.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fonio doctor}: what was found on this machine, and what each enables. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Lists what was found on this machine, and what each enables.",
    optionListHeading = "%nOptions:%n",
    footer = "%nExits with 3 when something is missing without which Fonio does not run.")
final class DoctorCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "For machines: a list of findings.")
  boolean json;

  @Override
  public Integer call() {
    List<Finding> findings = Machine.findings();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(findings));
    } else {
      int widest = findings.stream().mapToInt(f -> f.name().length()).max().orElse(0);
      for (Finding finding : findings) {
        out.printf(
            "%-3s  %-" + widest + "s  %s%n", finding.mark(), finding.name(), finding.value());
        out.printf("%s%s%n", " ".repeat(7 + widest), finding.enables());
      }
    }
    return findings.stream().allMatch(f -> f.found() || !f.needed())
        ? ExitCode.DONE
        : ExitCode.ENVIRONMENT;
  }
}

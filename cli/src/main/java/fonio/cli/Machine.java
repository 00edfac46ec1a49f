package fonio.cli;

import java.util.List;
import java.util.Map;

/** This machine: everything that the doctor looks for, in the order in which it is told. */
final class Machine {
  private Machine() {}

  static List<Finding> findings() {
    Map<String, String> environment = System.getenv();
    return List.of(
        Software.platform().mustBe(),
        Software.jdk(),
        Software.python(environment).mustBe(),
        Hardware.cores(),
        Hardware.memory(),
        Hardware.sharedMemory(),
        Hardware.disk(),
        Isolation.userNamespaces(),
        Isolation.kvm(),
        Software.tool(
            "Slurm", "sbatch", "--version", "pilot jobs on this cluster", "no sbatch on PATH"),
        Software.tool(
            "kubectl",
            "kubectl",
            "version --client",
            "workers in Kubernetes",
            "no kubectl on PATH"),
        Software.tool("ssh", "ssh", "-V", "workers on other hosts", "no ssh on PATH"),
        Software.tool(
            "gcc",
            "gcc",
            "-dumpfullversion",
            "the OpenMP twin of the benchmarks",
            "no gcc on PATH"));
  }
}

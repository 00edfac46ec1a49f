package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a worker is told of an allotment. */
class AllotmentLinesTest {
  private static final Capacity NODE =
      new Capacity(List.of(4, 5, 6), 0, List.of("x", "y"), List.of());
  private static final MpiLauncher SRUN = new MpiLauncher("srun", false);
  private final Allotments allotments = new Allotments(NODE);
  private final AllotmentLines lines = new AllotmentLines(NODE, SRUN);

  private Map<String, String> lines(Request request) {
    return lines.of(allotments.take(request), Map.of());
  }

  @Test
  void wholeCoresAreNamedByTheirNumbersAndAcceleratorsByTheirNames() {
    allotments.take(new Request(1000, 0, 1000, 0));
    assertThat(lines(new Request(2000, 0, 500, 0)))
        .containsEntry("cores", "5,6")
        .containsEntry("env.OMP_NUM_THREADS", "2")
        .containsEntry("env.CUDA_VISIBLE_DEVICES", "y")
        .containsEntry("env.ROCR_VISIBLE_DEVICES", "y")
        .containsEntry("env.ZE_AFFINITY_MASK", "y");
  }

  @Test
  void partsOfCoresPinNothing() {
    assertThat(lines(new Request(500, 0, 1000, 0))).doesNotContainKey("cores");
  }

  @Test
  void taskThatNeedsNoAcceleratorIsShownNone() {
    assertThat(lines(new Request(500, 0, 0, 0))).containsEntry("env.CUDA_VISIBLE_DEVICES", "");
  }

  @Test
  void programsFindThePrefixOfTheLauncherOfTheirExecutor() {
    MpiPrefixes prefixes = new MpiPrefixes(List.of("a", "b"), Map.of("ranks_per_node", "2"), SRUN);
    assertThat(prefixes.environment())
        .containsEntry(
            "PARSL_MPI_PREFIX", "srun --ntasks 4 --ntasks-per-node 2 --nodelist a,b --nodes 2")
        .containsEntry("PARSL_MPIEXEC_PREFIX", "mpiexec -n 4 -ppn 2 -hosts a,b")
        .containsEntry("PARSL_NUM_RANKS", "4");
  }

  @Test
  void openMpiIsToldOfHostsInItsOwnWords() {
    MpiPrefixes prefixes =
        new MpiPrefixes(
            List.of("a", "b"),
            Map.of("ranks_per_node", "3", "ranks", "5", "launcher_options", "-q"),
            new MpiLauncher("mpiexec", true));
    assertThat(prefixes.environment())
        .containsEntry("PARSL_MPI_PREFIX", "mpiexec -n 5 --map-by ppr:3:node --host a:3,b:3 -q");
  }

  @Test
  void theKindOfMpiexecIsToldByItsVersion() {
    assertThat(MpiLauncher.isOpenMpi("echo", "mpiexec (OpenRTE) 4.1.4")).isTrue();
    assertThat(MpiLauncher.isOpenMpi("echo", "HYDRA build details:")).isFalse();
    assertThat(MpiLauncher.isOpenMpi("/nonexistent/mpiexec")).isFalse();
  }
}

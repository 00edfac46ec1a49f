package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.DirectExecutor;
import fonio.api.HighThroughputExecutor;
import fonio.api.MpiExecutor;
import fonio.api.Options;
import fonio.api.Resources;
import fonio.api.SlurmProvider;
import fonio.api.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

class NeedsTest {
  private static final HighThroughputExecutor HTEX = HighThroughputExecutor.builder().build();
  private static final MpiExecutor MPI = MpiExecutor.builder().build();

  private static Options with(Resources resources) {
    return Options.defaults().withResources(resources);
  }

  @Test
  void aNodeIsAskedForCoresMemoryAndAccelerators() {
    Resources asked = Resources.none().withCores(4).withMemory(1.5).withAccelerators(0.5);
    assertThat(Needs.of(with(asked), HTEX))
        .containsEntry("cores", "4")
        .containsEntry("memory_mb", "1536")
        .containsEntry("accelerators", "0.5")
        .hasSize(3);
  }

  @Test
  void aBlockIsAskedForNodesAndRanks() {
    Resources asked = Resources.none().withNodes(2).withRanksPerNode(8).withLauncherOptions("-v");
    assertThat(Needs.of(with(asked), MPI))
        .containsEntry("nodes", "2")
        .containsEntry("ranks_per_node", "8")
        .containsEntry("ranks", "16")
        .containsEntry("launcher_options", "-v");
  }

  @Test
  void whatAnExecutorDoesNotKnowIsRefused() {
    Options cores = with(Resources.none().withCores(2));
    for (var executor : new fonio.api.ExecutorConfig[] {MPI, new ThreadPoolExecutor()}) {
      assertThatThrownBy(() -> Needs.of(cores, executor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(executor.label())
          .hasMessageContaining("leave it out, or name another executor");
    }
    assertThatThrownBy(() -> Needs.of(with(Resources.none().withNodes(2)), HTEX))
        .hasMessageContaining("knows cores, memory and accelerators only");
    assertThat(Needs.of(Options.defaults(), new ThreadPoolExecutor())).isEmpty();
    assertThatThrownBy(() -> Needs.of(cores, new DirectExecutor("direct", 1)))
        .hasMessageContaining("direct");
  }

  @Test
  void whatNoNodeCanHaveIsRefusedByTheSettingsOfItsNodes() {
    HighThroughputExecutor htex =
        HighThroughputExecutor.builder()
            .provider(SlurmProvider.builder().coresPerNode(8).memPerNode(4).build())
            .availableAccelerators("a", "b")
            .build();
    Resources none = Resources.none();
    Resources whole = none.withCores(8).withMemory(4).withAccelerators(2);
    assertThat(Needs.of(with(whole), htex)).hasSize(3);
    assertThat(Needs.of(with(whole.withCores(9)), HTEX)).hasSize(3);
    refused(htex, whole.withCores(9), "has 8 cores (provider.cores_per_node), and 9 were");
    refused(htex, whole.withMemory(4.5), "has 4 GB of memory (provider.mem_per_node), and 4.5");
    refused(htex, whole.withAccelerators(3), "has 2 accelerators (available_accelerators)");
  }

  private static void refused(HighThroughputExecutor htex, Resources asked, String words) {
    assertThatThrownBy(() -> Needs.of(with(asked), htex))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(htex.label(), words, "ask for less");
  }

  @Test
  void whatMakesNoSenseIsRefusedByItsName() {
    Resources none = Resources.none();
    assertThatThrownBy(() -> none.withCores(0)).hasMessageContaining("cores is 0");
    assertThatThrownBy(() -> none.withMemory(-1)).hasMessageContaining("memory is -1.0");
    assertThatThrownBy(() -> none.withAccelerators(1.5)).hasMessageContaining("a part of one");
    assertThatThrownBy(() -> none.withRanksPerNode(2)).hasMessageContaining("give nodes, too");
    assertThatThrownBy(() -> none.withNodes(1).withLauncherOptions("a\nb"))
        .hasMessageContaining("one line");
  }
}

package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.executors.Nodes;
import fonio.interchange.ManagerInfo;
import fonio.interchange.NodeFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptManagersTest {
  @TempDir Path run = Path.of("unset");
  private final Heard heard = new Heard();

  /** Nodes that write down what they hear. */
  private static final class Heard implements Nodes {
    final List<String> lines = new ArrayList<>();

    @Override
    public int doWork(long outstanding) {
      return 7;
    }

    @Override
    public long sleepNanos(long nowNanos) {
      return 8;
    }

    @Override
    public void joined(ManagerInfo manager, int workers) {
      lines.add("joined " + manager.name());
    }

    @Override
    public void left(ManagerInfo manager, String why) {
      lines.add("left " + manager.name());
    }

    @Override
    public Map<String, String> unmanned() {
      return Map.of("3", "block 3");
    }

    @Override
    public void dismiss(String block, String who) {
      lines.add(who + " dismissed " + block);
    }

    @Override
    public List<String> describe() {
      return List.of("a block");
    }

    @Override
    public void close() {
      lines.add("closed");
    }
  }

  private KeptManagers kept(String provider) {
    return KeptManagers.of(run, "h", provider, heard);
  }

  private static ManagerInfo manager(String name, String block) {
    return new ManagerInfo(name, "node", 1, block, new NodeFacts(1, 0, 0, 0, ""));
  }

  private void durable() throws IOException {
    Files.createDirectory(run.resolve(RecoveredRun.FOLDER));
  }

  @Test
  void theNextEngineKnowsWhoWasThereLast() throws IOException {
    durable();
    KeptManagers first = kept("slurm");
    first.joined(manager("a", "0"), 1);
    first.joined(manager("b", "0"), 1);
    first.joined(manager("c", ""), 1);
    first.left(manager("b", "0"), "it has finished");
    assertThat(first.former()).isEmpty();
    KeptManagers second = kept("slurm");
    assertThat(second.former()).containsExactlyInAnyOrder("a", "c");
    second.joined(manager("a", "0"), 1);
    second.left(manager("c", ""), "its connection ended");
    assertThat(kept("slurm").former()).containsExactly("a");
    second.forget("a");
    assertThat(kept("slurm").former()).isEmpty();
  }

  @Test
  void managersThatEndWithTheEngineAreNotAwaited() throws IOException {
    durable();
    KeptManagers first = kept("local");
    first.joined(manager("a", "0"), 1);
    first.joined(manager("by-hand", ""), 1);
    assertThat(kept("local").former()).containsExactly("by-hand");
  }

  @Test
  void aRunThatIsNotDurableWritesNothing() {
    kept("slurm").joined(manager("a", "0"), 1);
    assertThat(run.resolve("h.managers")).doesNotExist();
    assertThat(kept("slurm").former()).isEmpty();
  }

  @Test
  void theNodesHearAll() throws IOException {
    durable();
    KeptManagers kept = kept("local");
    kept.joined(manager("a", "0"), 1);
    kept.left(manager("a", "0"), "gone");
    kept.dismiss("3", "somebody");
    kept.close();
    assertThat(heard.lines).containsExactly("joined a", "left a", "somebody dismissed 3", "closed");
    assertThat(kept.unmanned()).containsExactly(Map.entry("3", "block 3"));
    assertThat(kept.doWork(1)).isEqualTo(7);
    assertThat(kept.sleepNanos(1)).isEqualTo(8);
    assertThat(kept.describe()).containsExactly("a block");
  }
}

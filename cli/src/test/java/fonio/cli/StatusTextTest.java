package fonio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatusTextTest {
  private static final Map<String, String> ENTRIES = entries();

  private static Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("tasks.wall_ns", "2500000000");
    entries.put("tasks.submitted", "10");
    entries.put("tasks.failed", "1");
    entries.put("tasks.dependency_failed", "2");
    entries.put("executors.0.label", "h");
    entries.put("executors.0.kind", "htex");
    entries.put("executors.0.workers", "2");
    entries.put("executors.0.free", "1");
    entries.put("executors.0.blocks.0", "block 0 (job 17): pending for 3 s (Resources)");
    entries.put("executors.0.managers.0.name", "m1");
    entries.put("executors.0.managers.0.host", "node7");
    entries.put("executors.0.managers.0.block", "");
    entries.put("executors.0.managers.0.draining", "true");
    entries.put("executors.0.invitation", "--connect node1:54001");
    return entries;
  }

  @Test
  void peopleReadRunTasksExecutorsBlocksAndManagers() {
    List<String> lines = StatusText.of("003", Map.of("pid", "12"), ENTRIES);
    assertThat(lines.getFirst()).isEqualTo("run 003, for 2.5 s (engine 12, program ?)");
    assertThat(lines.get(1)).startsWith("tasks: 10 submitted, 0 done, 3 failed");
    assertThat(lines.get(2)).startsWith("executor h (htex): 2 workers, 1 free");
    assertThat(lines.get(3)).endsWith("pending for 3 s (Resources)");
    assertThat(lines.get(4)).contains("manager m1: host node7", "no block").endsWith("draining");
    assertThat(lines.get(5)).endsWith("./fonio manager --connect node1:54001");
  }

  @Test
  void durableRunSaysSo() {
    assertThat(StatusText.of("003", Map.of("durable", "kept"), ENTRIES).getFirst())
        .endsWith("(engine ?, program ?, durable and kept)");
    assertThat(StatusText.of("003", Map.of("durable", "yes"), ENTRIES).getFirst())
        .endsWith("(engine ?, program ?, durable)");
  }

  @Test
  void machinesReadObjectsAndLists() {
    Tree tree = new Tree().text("run", "003");
    ENTRIES.forEach(tree::put);
    Map<String, Object> manager = new LinkedHashMap<>();
    manager.put("name", "m1");
    manager.put("host", "node7");
    manager.put("block", "");
    manager.put("draining", true);
    assertThat(tree.value())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("run", "003")
        .containsKey("tasks")
        .extractingByKey("executors")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(1)
        .first()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("workers", 2L)
        .containsEntry("managers", List.of(manager));
  }
}

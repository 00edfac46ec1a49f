package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.wire.Greeting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private static final NodeResources NODE = new NodeResources(8, 16 << 10);

  private static Orders orders(String... entries) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put(entries[i], entries[i + 1]);
    }
    return new Orders(Greeting.of(map));
  }

  private static int workers(String... entries) {
    return orders(entries).workers(NODE);
  }

  @Test
  void eachCoreGetsAWorkerWhereNothingElseIsSaid() {
    assertThat(workers()).isEqualTo(8);
  }

  @Test
  void coresOfAWorkerMayBeSeveralOrAPart() {
    assertThat(workers("cores_per_worker", "3")).isEqualTo(2);
    assertThat(workers("cores_per_worker", "0.1")).isEqualTo(80);
    assertThat(workers("cores_per_worker", "0.8")).isEqualTo(10);
  }

  @Test
  void memoryAcceleratorsAndTheExecutorLimitThem() {
    assertThat(workers("mem_per_worker", "5")).isEqualTo(3);
    assertThat(workers("mem_per_worker", "0.5")).isEqualTo(8);
    assertThat(workers("accelerators", "4")).isEqualTo(4);
    assertThat(workers("max_workers_per_node", "2")).isEqualTo(2);
    assertThat(workers("max_workers_per_node", "2", "accelerators", "1")).isEqualTo(1);
    assertThat(workers("cores_per_worker", "0.0001")).isEqualTo(4096);
  }

  @Test
  void nodeThatIsTooSmallForOneIsToldWithWhatItHas() {
    assertThatThrownBy(() -> workers("cores_per_worker", "16"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the node has 8 cores and 16.0 GB, too little for one worker of cores_per_worker=16: ask for less for each, or for nodes that have more");
    assertThatThrownBy(() -> workers("mem_per_worker", "17"))
        .hasMessageContaining("cores_per_worker=1 and mem_per_worker=17 GB: ask for less");
  }

  @Test
  void entryThatIsNoNumberIsNamed() {
    assertThatThrownBy(() -> workers("cores_per_worker", "two"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cores_per_worker=two is no number");
    assertThatThrownBy(() -> workers("max_workers_per_node", "1.5"))
        .hasMessage("max_workers_per_node=1.5 is no whole number");
  }

  @Test
  void listsAreReadInOrderAndToTheirEnd() {
    Orders orders = orders("path.1", "b", "path.0", "a", "path.3", "d", "path", "x");
    assertThat(orders.list("path")).isEqualTo(List.of("a", "b"));
    assertThat(orders.list("command")).isEmpty();
  }

  @Test
  void entriesUnderAPrefixLoseIt() {
    assertThat(orders("env.A", "1", "env.B.C", "2", "environment", "3").under("env."))
        .isEqualTo(Map.of("A", "1", "B.C", "2"));
  }
}

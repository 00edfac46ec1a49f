package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgesTest {

  private final Edges edges = new Edges();

  @Test
  void ringKeepsTheOrderOfItsEdges() {
    int last = ring(7, 8, 9);

    assertThat(children(last)).containsExactly(7, 8, 9);
    assertThat(edges.bytesInUse()).isEqualTo(3 * Edges.EDGE_BYTES);
  }

  @Test
  void freedEdgesAreUsedAgain() {
    int kept = ring(1);
    for (int i = 0; i < 100_000; i++) {
      int last = ring(10, 11, 12);
      assertThat(children(last)).containsExactly(10, 11, 12);
      edges.free(last, 3);
    }

    assertThat(children(kept)).containsExactly(1);
    assertThat(edges.bytes()).isEqualTo(Edges.PAGE_EDGES * Edges.EDGE_BYTES);
  }

  @Test
  void ringsDoNotMix() {
    int a = ring(1, 2);
    int b = ring(3);
    edges.free(a, 2);
    a = ring(4, 5, 6);
    b = edges.append(b, 7);

    assertThat(children(a)).containsExactly(4, 5, 6);
    assertThat(children(b)).containsExactly(3, 7);
  }

  @Test
  void memoryOfManyEdgesComesBackWhenNoneIsUsed() {
    int last = Edges.NONE;
    int many = 40 * Edges.PAGE_EDGES;
    for (int i = 0; i < many; i++) {
      last = edges.append(last, i);
    }
    assertThat(edges.bytes()).isEqualTo((long) many * Edges.EDGE_BYTES);
    edges.free(last, many);

    assertThat(edges.bytes())
        .isEqualTo((long) Edges.KEPT_PAGES * Edges.PAGE_EDGES * Edges.EDGE_BYTES);
    assertThat(edges.bytesInUse()).isZero();
    assertThat(children(ring(5, 6))).containsExactly(5, 6);
  }

  private int ring(int... children) {
    int last = Edges.NONE;
    for (int child : children) {
      last = edges.append(last, child);
    }
    return last;
  }

  private List<Integer> children(int last) {
    var children = new ArrayList<Integer>();
    int edge = last;
    do {
      edge = edges.next(edge);
      children.add(edges.child(edge));
    } while (edge != last);
    return children;
  }
}

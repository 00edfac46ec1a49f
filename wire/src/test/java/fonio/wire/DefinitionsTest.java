package fonio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  private final Definitions definitions = new Definitions();
  private final Known worker = new Known();
  private final ByteQueue queue = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(queue);

  private void function(int id) {
    definitions.function(new FunctionDefinition(id, FunctionDefinition.PYTHON, "f", new byte[3]));
  }

  private List<String> sent() {
    List<String> kinds = new ArrayList<>();
    FrameView frame = new FrameView();
    while (frame.next(queue)) {
      kinds.add(Kind.name(frame.kind()));
      queue.consumed(frame.size());
    }
    return kinds;
  }

  @Test
  void workerIsToldAFunctionAndAClassOnce() {
    function(1);
    definitions.define(new ClassDefinition(1, 1, Map.of()));
    definitions.define(new ClassDefinition(2, 1, Map.of()));
    definitions.ensure(worker, writer, 1);
    definitions.ensure(worker, writer, 1);
    assertThat(sent()).containsExactly("FUNCTION", "CLASS");
    definitions.ensure(worker, writer, 2);
    assertThat(sent()).containsExactly("CLASS");
  }

  @Test
  void initializerGoesFirstAndOnce() {
    function(0);
    definitions.greet(worker, writer);
    definitions.greet(worker, writer);
    assertThat(sent()).containsExactly("FUNCTION");
  }

  @Test
  void classOfAnUnknownFunctionIsRefusedByName() {
    assertThatThrownBy(() -> definitions.define(new ClassDefinition(4, 9, Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("class 4 names function 9");
  }

  @Test
  void walltimeThatIsNoNumberIsRefusedByItsValue() {
    function(1);
    assertThatThrownBy(
            () -> definitions.define(new ClassDefinition(4, 1, Map.of("walltime_ms", "soon"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("walltime_ms=soon");
  }

  @Test
  void promisesNeedNoFunction() {
    definitions.define(new ClassDefinition(4, 0, Map.of()));
    assertThat(definitions.walltimeMillis(4)).isZero();
  }
}

package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.api.App1;
import fonio.api.Engine;
import fonio.api.Task1;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls another run takes for the same: those of the same function on the same arguments. */
class MemoKeysTest extends MemoFixture {
  /** What serialization cannot write. */
  static final class Handle {
    final int number;

    Handle(int number) {
      this.number = number;
    }
  }

  /** A function that is an object. */
  record Scaling(int factor) implements Task1<Integer, Integer> {
    @Override
    public Integer run(Integer n) {
      RUNS.incrementAndGet();
      return factor * n;
    }
  }

  static int numberOf(Handle handle) {
    RUNS.incrementAndGet();
    return handle.number;
  }

  static Handle handle(int n) {
    RUNS.incrementAndGet();
    return new Handle(n);
  }

  @Test
  void functionsOfOneClassAreToldApart() {
    assertThat(once((Integer n) -> n + 1, 7)).isEqualTo(8);
    assertThat(once((Integer n) -> n + 2, 7)).isEqualTo(9);
    assertThat(once(MemoFixture::square, 7)).isEqualTo(49);
    assertThat(once(new Scaling(3), 7)).isEqualTo(21);
    assertThat(once(new Scaling(4), 7)).isEqualTo(28);
    assertThat(once(new Scaling(4), 7)).isEqualTo(28);
    assertThat(RUNS).hasValue(3);
  }

  private static Task1<Integer, Integer> adding(int captured) {
    return n -> {
      RUNS.incrementAndGet();
      return n + captured;
    };
  }

  @Test
  void aCapturedValueBelongsToTheKey() {
    assertThat(once(adding(1), 7)).isEqualTo(8);
    assertThat(once(adding(2), 7)).isEqualTo(9);
    assertThat(once(adding(1), 7)).isEqualTo(8);
    assertThat(RUNS).hasValue(2);
  }

  @Test
  void aCapturedValueThatChangesBetweenCallsIsLookedAtAgain() {
    int[] offset = {1};
    Task1<Integer, Integer> function = n -> n + offset[0];
    try (Engine engine = start()) {
      App1<Integer, Integer> app = cached(engine, function);
      assertThat(app.call(7).join()).isEqualTo(8);
      offset[0] = 2;
      assertThat(app.call(8).join()).isEqualTo(10);
    }
    offset[0] = 1;
    assertThat(once(function, 8)).isEqualTo(9);
  }

  @Test
  void anArgumentOfAnotherTypeOrValueIsAnotherCall() {
    for (Object value : List.of(1, 1L, 1.0, "1", List.of(1), List.of(1L))) {
      assertThat(once(MemoKeysTest::describe, value)).isEqualTo(describe(value));
    }
  }

  static String describe(Object value) {
    Object inner = value instanceof List<?> list ? list.getFirst() : value;
    return value + " of " + inner.getClass() + " in " + value.getClass();
  }

  @Test
  void argumentsWithoutBytesAreCachedInTheirRunOnly() {
    for (int run = 1; run <= 2; run++) {
      try (Engine engine = start()) {
        App1<Handle, Integer> app = cached(engine, MemoKeysTest::numberOf);
        Handle handle = new Handle(5);
        assertThat(app.call(handle).join()).isEqualTo(5);
        assertThat(app.call(handle).join()).isEqualTo(5);
      }
      assertThat(RUNS).hasValue(run);
    }
  }

  @Test
  void functionsWithoutBytesAreCachedInTheirRunOnly() {
    Handle captured = new Handle(5);
    Task1<Integer, Integer> function =
        n -> {
          RUNS.incrementAndGet();
          return n + captured.number;
        };
    for (int run = 1; run <= 2; run++) {
      try (Engine engine = start()) {
        App1<Integer, Integer> app = cached(engine, function);
        assertThat(app.call(1).join()).isEqualTo(6);
        assertThat(app.call(1).join()).isEqualTo(6);
      }
      assertThat(RUNS).hasValue(run);
    }
  }

  @Test
  void resultsWithoutBytesAreCachedInTheirRunOnly() {
    for (int run = 1; run <= 2; run++) {
      assertThat(once(MemoKeysTest::handle, 5).number).isEqualTo(5);
      assertThat(RUNS).hasValue(run);
    }
  }
}

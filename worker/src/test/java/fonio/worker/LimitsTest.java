package fonio.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LimitsTest {

  private static @Nullable Object back(Object value) throws IOException, ClassNotFoundException {
    byte[] bytes = Values.encode(value);
    return Values.decode(bytes, 0, bytes.length);
  }

  private static String refusal(Object value) {
    return String.valueOf(
        assertThrows(InvalidObjectException.class, () -> back(value)).getMessage());
  }

  /** Sets of which each holds the next two, so that hashing the first one hashes 2^levels. */
  private static Set<Object> bomb(int levels) {
    Set<Object> root = new HashSet<>();
    Set<Object> left = root;
    Set<Object> right = new HashSet<>();
    for (int level = 0; level < levels; level++) {
      Set<Object> one = new HashSet<>(Set.of("one"));
      Set<Object> other = new HashSet<>();
      for (Set<Object> above : List.of(left, right)) {
        above.add(one);
        above.add(other);
      }
      left = one;
      right = other;
    }
    return root;
  }

  @Test
  void setsThatWouldHashForeverAreRefusedAtOnce() {
    assertTrue(refusal(bomb(60)).contains("sets and maps are nested more than 24 deep"));
  }

  @Test
  void tablesBesideEachOtherAreNotCountedAsNested() throws Exception {
    List<Object> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(new HashMap<>(Map.of("number", i, "inner", new HashSet<>(Set.of(i)))));
    }
    assertEquals(many, back(many));
  }

  @Test
  void objectsThatAreNestedTooDeepAreRefused() throws InterruptedException {
    List<Object> inner = new ArrayList<>();
    for (int i = 0; i < 1100; i++) {
      inner = new ArrayList<>(List.<Object>of(inner));
    }
    List<Object> deep = inner;
    AtomicReference<String> said = new AtomicReference<>("");
    Thread roomy = new Thread(null, () -> said.set(refusal(deep)), "roomy", 64 << 20);
    roomy.start();
    roomy.join();
    assertTrue(said.get().contains("nested more than 1000 deep"), said.get());
  }

  @Test
  void anArrayThatIsLargerThanItsBytesIsRefused() throws Exception {
    byte[] bytes = Values.encode(new int[] {1, 2});
    int at = bytes.length - 12;
    assertEquals(2, bytes[at + 3]);
    bytes[at] = 0x70;
    InvalidObjectException refused =
        assertThrows(InvalidObjectException.class, () -> Values.decode(bytes, 0, bytes.length));
    assertTrue(String.valueOf(refused.getMessage()).contains("claims an array"));
  }
}

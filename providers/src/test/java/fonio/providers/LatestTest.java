package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestTest {
  @Test
  void theOldestIsForgottenWhenThereIsTooMuch() {
    Latest<Integer> latest = new Latest<>(2);
    latest.put("a", 1);
    latest.put("b", 2);
    latest.put("a", 3);
    latest.put("c", 4);
    assertThat(latest.get("a")).isEqualTo(3);
    assertThat(latest.get("b")).isNull();
    assertThat(latest.get("c")).isEqualTo(4);
    assertThat(latest.size()).isEqualTo(2);
  }

  @Test
  void whatIsRemovedMakesRoom() {
    Latest<Integer> latest = new Latest<>(2);
    latest.put("a", 1);
    latest.put("b", 2);
    assertThat(latest.remove("b")).isEqualTo(2);
    assertThat(latest.remove("b")).isNull();
    latest.put("c", 3);
    assertThat(latest.has("a")).isTrue();
    assertThat(latest.has("b")).isFalse();
  }
}

package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static String fill(String text, Map<String, String> values) {
    return new Template("test", text).fill(values);
  }

  @Test
  void placesAreFilledWhereverTheyStand() {
    assertThat(fill("a=@{a} b=@{b}@{a}\n", Map.of("a", "1", "b", "2"))).isEqualTo("a=1 b=21\n");
  }

  @Test
  void valueIsTakenAsItIs() {
    String value = "$1 \\1 @{b} $(reboot)";
    assertThat(fill("@{a}\n", Map.of("a", value))).isEqualTo(value + "\n");
  }

  @Test
  void lineOfAnEmptyValueAloneIsLeftOut() {
    assertThat(fill("x\n@{a}\ny=@{a}\n", Map.of("a", ""))).isEqualTo("x\ny=\n");
  }

  @Test
  void placeThatNobodyFillsIsRefused() {
    assertThatThrownBy(() -> fill("@{a} @{b}", Map.of("a", "1")))
        .hasMessageContaining("@{b}")
        .hasMessageContaining("[a]");
  }

  @Test
  void valueThatHasNoPlaceIsRefused() {
    assertThatThrownBy(() -> fill("@{a}", Map.of("a", "1", "c", "2"))).hasMessageContaining("[c]");
  }
}

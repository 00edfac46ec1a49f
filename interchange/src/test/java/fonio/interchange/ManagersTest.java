package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.ClassDefinition;
import fonio.wire.FunctionDefinition;
import fonio.wire.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagersTest {
  private final Star star;

  ManagersTest() throws IOException {
    star = new Star();
  }

  @AfterEach
  void end() {
    star.close();
  }

  private static List<String> names(List<ManagerView> views) {
    return views.stream().map(view -> view.info().name()).toList();
  }

  @Test
  void managersOnHoldGetNoTasksAndKeepThoseThatTheyHave() throws IOException {
    ScriptedManager one = star.join("one", "0", 1, 8);
    star.send(1, 0, 17);
    assertThat(names(star.interchange.managers().hold(Part.named("one")))).containsExactly("one");
    assertThat(star.interchange.choose(1)).isZero();
    star.settle(one);
    assertThat(one.take()).endsWith("TASKS 17/0");
    one.answer(Status.OK, 0, 17);
    star.settle(one);
    assertThat(star.told.take()).containsExactly("OK 17/0");
    assertThat(star.interchange.managers().views().getFirst().onHold()).isTrue();
    star.interchange.managers().release(Part.named("one"));
    star.send(1, 0, 18);
    star.settle(one);
    assertThat(one.take()).containsExactly("TASKS 18/0");
  }

  @Test
  void aBlockOnHoldTakesInManagersThatComeLater() throws IOException {
    star.join("one", "0", 1, 8);
    star.interchange.managers().hold(Part.named("0"));
    star.join("late", "0", 1, 8);
    assertThat(star.interchange.choose(1)).isZero();
    ScriptedManager other = star.join("other", "1", 1, 8);
    star.send(1, 0, 17);
    star.settle(other);
    assertThat(other.take()).contains("TASKS 17/0");
    assertThat(names(star.interchange.managers().release(Part.named("0"))))
        .containsExactly("one", "late");
    star.join("last", "0", 1, 8);
    assertThat(star.interchange.managers().views()).noneMatch(ManagerView::onHold);
  }

  @Test
  void aHoldOfAllEndsWithTheReleaseOfAll() throws IOException {
    star.join("one", 1, 8);
    star.interchange.managers().hold(Part.ALL);
    star.interchange.managers().hold(Part.named("one"));
    star.join("late", 1, 8);
    assertThat(star.interchange.choose(1)).isZero();
    assertThat(names(star.interchange.managers().release(Part.ALL))).containsExactly("one", "late");
    star.join("last", 1, 8);
    assertThat(star.interchange.managers().views()).noneMatch(ManagerView::onHold);
  }

  @Test
  void oneThatIsEndedIsToldAndItsTasksAreLostOrReturned() throws IOException {
    ScriptedManager one = star.join("one", "0", 1, 8);
    star.send(1, 0, 1, 2, 3);
    assertThat(names(star.interchange.managers().end(Part.named("one"), "so it was asked")))
        .containsExactly("one");
    assertThat(star.told.take())
        .containsExactly(
            "returned 3/0", "lost 2/0 by one", "lost 1/0 by one", "left one: so it was asked");
    star.until("it hears", () -> one.gone);
    assertThat(one.take()).endsWith("CLOSE 0");
    assertThat(star.interchange.managers().views()).isEmpty();
  }

  @Test
  void aManagerThatHasMuchToReadHearsOfTheEndToo() throws Exception {
    ScriptedManager one = star.join("one", 1, 8);
    byte[] much = new byte[32 << 20];
    star.interchange.function(new FunctionDefinition(7, FunctionDefinition.PYTHON, "g", much));
    star.interchange.define(new ClassDefinition(7, 7, Map.of("name", "g")));
    star.send(7, 0, 17);
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              while (!one.gone) {
                one.turn();
              }
            });
    star.interchange.close();
    reader.join(Duration.ofSeconds(10));
    assertThat(one.take()).containsExactly("FUNCTION 7", "CLASS 7", "TASKS 17/0", "CLOSE 0");
  }

  @Test
  void aPartIsABlockOrAManagerAndWithoutANameAll() {
    ManagerInfo info = new ManagerInfo("m", "node", 1, "3", NodeFacts.UNKNOWN);
    assertThat(Part.ALL.covers(info)).isTrue();
    assertThat(Part.named("")).isEqualTo(Part.ALL);
    assertThat(Part.named("3").covers(info)).isTrue();
    assertThat(Part.named("m").covers(info)).isTrue();
    assertThat(Part.named("4").covers(info)).isFalse();
    assertThat(Part.block("m").covers(info)).isFalse();
  }
}

package fonio.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RunStateTest {
  /** A task of the model; one that has ended has a result. */
  private static final class Task {
    private final String frame;
    private final int index;
    private final List<Long> parentsOfFrame;
    private boolean acknowledged;
    private String result = "";

    Task(String frame, int index, List<Long> parentsOfFrame) {
      this.frame = frame;
      this.index = index;
      this.parentsOfFrame = parentsOfFrame;
    }

    boolean isPending() {
      return result.isEmpty();
    }
  }

  private final RunState state = new RunState();
  private final TaskLog log =
      new TaskLog((kind, bytes, from, length) -> {
        state.apply(TaskRecord.parse(kind, ByteBuffer.wrap(bytes, from, length)));
        return 1;
      });
  private final TreeMap<Long, Task> model = new TreeMap<>();
  private final List<String> definitions = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int accepted;
  private int given;
  private SplittableRandom random = new SplittableRandom(0);
  private int frames;

  private byte[] frame() {
    frames++;
    byte[] bytes = new byte[4 + random.nextInt(30)];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes).putInt(0, frames).array();
  }

  private static String text(byte[] bytes) {
    return Arrays.toString(bytes);
  }

  private long[] some(int most) {
    List<Long> all = new ArrayList<>(model.keySet());
    if (all.isEmpty() || most == 0) {
      return new long[0];
    }
    if (random.nextBoolean()) {
      int from = random.nextInt(all.size());
      int to = Math.min(all.size(), from + 1 + random.nextInt(most));
      return all.subList(from, to).stream().mapToLong(Long::longValue).toArray();
    }
    return random
        .longs(random.nextInt(most), 0, all.size())
        .map(i -> all.get((int) i))
        .distinct()
        .toArray();
  }

  private void accept() {
    long first = model.isEmpty() ? 1 : model.lastKey() + 1 + random.nextInt(2);
    int count = 1 + random.nextInt(6);
    // A parent must have a result that is still there, or have none yet.
    List<Long> parents = new ArrayList<>();
    for (long task : some(4)) {
      Task of = model.get(task);
      if (of.isPending() || !of.acknowledged || isNeeded(task)) {
        parents.add(task);
      }
    }
    if (count > 1 && random.nextBoolean()) {
      parents.add(first);
    }
    byte[] frame = frame();
    log.accepted(
        first,
        count,
        parents.stream().mapToLong(Long::longValue).toArray(),
        frame,
        0,
        frame.length);
    accepted++;
    for (int i = 0; i < count; i++) {
      model.put(first + i, new Task(text(frame), i, parents));
    }
  }

  private boolean isNeeded(long task) {
    return model.values().stream()
        .anyMatch(other -> other.isPending() && other.parentsOfFrame.contains(task));
  }

  private void end() {
    long[] tasks = some(8);
    byte[] statuses = new byte[tasks.length];
    random.nextBytes(statuses);
    byte[] frame = frame();
    if (random.nextInt(4) == 0) {
      log.given(tasks, statuses, frame, 0, frame.length);
      given++;
    } else {
      log.ended(tasks, statuses, frame, 0, frame.length);
    }
    for (int i = 0; i < tasks.length; i++) {
      Task task = model.get(tasks[i]);
      if (task.isPending()) {
        task.result = tasks[i] + " " + (statuses[i] & 0xFF) + " " + text(frame) + " " + i;
      }
    }
  }

  private void acknowledge() {
    long[] tasks = some(12);
    log.acknowledged(tasks);
    for (long task : tasks) {
      model.get(task).acknowledged |= !model.get(task).isPending();
    }
  }

  private void note() {
    byte[] frame = frame();
    log.noted(frame, 0, frame.length);
    notes.add(text(frame));
  }

  private void check() {
    assertThat(state.definitions().stream().map(RunStateTest::text)).isEqualTo(definitions);
    assertThat(state.notes().stream().map(RunStateTest::text)).isEqualTo(notes);
    assertThat(state.clientFrames())
        .isEqualTo(accepted + given + definitions.size() + notes.size());
    assertThat(state.submitted()).isEqualTo(model.size());
    assertThat(state.lastTask()).isEqualTo(model.isEmpty() ? 0 : model.lastKey());
    assertThat(IntStream.range(0, 256).mapToLong(state::ended).sum())
        .isEqualTo(model.values().stream().filter(task -> !task.isPending()).count());
    List<String> pending = new ArrayList<>();
    state.pending(p -> pending.add(p.task() + " " + text(p.frame()) + " " + p.index()));
    List<String> unacknowledged = new ArrayList<>();
    state.unacknowledged(r -> unacknowledged.add(text(r)));
    List<String> needed = new ArrayList<>();
    state.needed(r -> needed.add(text(r)));

    List<String> pendingInModel = new ArrayList<>();
    List<String> unacknowledgedInModel = new ArrayList<>();
    List<String> neededInModel = new ArrayList<>();
    model.forEach((id, task) -> {
      if (task.isPending()) {
        pendingInModel.add(id + " " + task.frame + " " + task.index);
      } else if (!task.acknowledged) {
        unacknowledgedInModel.add(task.result);
      } else if (isNeeded(id)) {
        neededInModel.add(task.result);
      }
    });
    assertThat(pending).isEqualTo(pendingInModel);
    assertThat(unacknowledged).isEqualTo(unacknowledgedInModel);
    assertThat(needed).isEqualTo(neededInModel);
  }

  private static String text(RunState.Result result) {
    return result.task()
        + " "
        + result.status()
        + " "
        + text(result.frame())
        + " "
        + result.index();
  }

  @RepeatedTest(40)
  void anyOrderOfEventsGivesWhatAPlainModelGives(RepetitionInfo repetition) {
    random = new SplittableRandom(repetition.getCurrentRepetition());
    for (int step = 0; step < 200; step++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> accept();
        case 2, 3 -> end();
        case 4, 5 -> acknowledge();
        case 6 -> note();
        default -> {
          byte[] frame = frame();
          log.definition(frame, 0, frame.length);
          definitions.add(text(frame));
        }
      }
      check();
    }
  }

  @Test
  void resultThatTheClientHasStaysWhileAPendingTaskNeedsIt() {
    log.accepted(1, 1, new long[0], new byte[] {1}, 0, 1);
    log.accepted(2, 1, new long[] {1}, new byte[] {2}, 0, 1);
    log.ended(new long[] {1}, new byte[] {0}, new byte[] {3}, 0, 1);
    log.acknowledged(new long[] {1});
    List<Long> needed = new ArrayList<>();
    state.needed(result -> needed.add(result.task()));
    assertThat(needed).containsExactly(1L);
    log.ended(new long[] {2}, new byte[] {0}, new byte[] {4}, 0, 1);
    state.needed(result -> needed.add(result.task()));
    assertThat(needed).containsExactly(1L);
  }

  @Test
  void runThatWasClosedSaysSo() {
    assertThat(state.isClosed()).isFalse();
    log.closed();
    assertThat(state.isClosed()).isTrue();
  }

  @Test
  void resultsForEqualCallsComeBackAsTheyWereInTheirOrder() {
    log.remembered(new byte[] {1, 2}, 1, new byte[] {3});
    log.remembered(new byte[0], 255, new byte[0]);
    assertThat(state.remembered()).hasSize(2);
    TaskRecord.Remembered first = state.remembered().getFirst();
    assertThat(first.key()).containsExactly(1, 2);
    assertThat(first.status()).isEqualTo(1);
    assertThat(first.payload()).containsExactly(3);
    assertThat(state.remembered().getLast().status()).isEqualTo(255);
    assertThatThrownBy(() -> log.remembered(new byte[256], 0, new byte[0]))
        .hasMessageContaining("256 bytes");
  }

  @Test
  void whatTheClientGaveStandsThoughTheEngineTellsOfTheEndToo() {
    log.accepted(1, 1, new long[0], new byte[] {1}, 0, 1);
    log.given(new long[] {1}, new byte[] {0}, new byte[] {7}, 0, 1);
    log.ended(new long[] {1}, new byte[] {0}, new byte[0], 0, 0);
    List<String> results = new ArrayList<>();
    state.unacknowledged(result -> results.add(text(result)));
    assertThat(results).containsExactly("1 0 [7] 0");
    assertThat(state.ended(0)).isEqualTo(1);
  }

  @Test
  void tasksThatAreAcceptedTwiceAreRefused() {
    log.accepted(5, 3, new long[0], new byte[0], 0, 0);
    assertThatThrownBy(() -> log.accepted(3, 3, new long[0], new byte[0], 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tasks 3 to 5");
  }

  @Test
  void recordThatIsNoneIsRefused() {
    assertThatThrownBy(() -> TaskRecord.parse(77, ByteBuffer.allocate(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kind 77");
    assertThatThrownBy(() -> TaskRecord.parse(TaskRecord.ACCEPTED, ByteBuffer.allocate(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only 4 bytes");
  }
}

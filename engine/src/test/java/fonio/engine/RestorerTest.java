package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.journal.RunState;
import fonio.kernel.Kernel;
import fonio.kernel.TaskState;
import fonio.wire.ClassDefinition;
import fonio.wire.Kind;
import fonio.wire.Length;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RestorerTest extends DurableFixture {
  private static final byte[] NOTHING = {};
  private final List<Dataflow> restored = new ArrayList<>();
  private final Outbox again = new Outbox(0);

  @AfterEach
  void close() {
    restored.forEach(Dataflow::close);
  }

  /** A dataflow that starts from what the first records say. */
  private Dataflow restore(RunState state, boolean filesAreThere) {
    Dataflow fresh =
        new Dataflow(
            0, new Catalog(Map.of("lane", 0)), again, new Account(0), port, segment -> {}, () -> 0);
    restored.add(fresh);
    fresh.define(new ClassDefinition(PLAIN, 1, Map.of("name", "plain")));
    fresh.define(new ClassDefinition(PROMISE, 0, Map.of("name", "promise")));
    fresh.openResults().restore(fresh, state, segment -> filesAreThere);
    return fresh;
  }

  private Dataflow restore() {
    return restore(paper.state(paper.size()), true);
  }

  private static String text(Dataflow of, long task) {
    Result result = new Result();
    of.load(task, result);
    return Status.name(result.status)
        + " "
        + new String(
            result.bytes,
            result.offset,
            Length.bytes(result.lengthColumn),
            java.nio.charset.StandardCharsets.UTF_8);
  }

  @RepeatedTest(30)
  void whatWasRestoredIsWhatWasThere(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int next = 1;
    int acknowledged = 0;
    List<Long> held = new ArrayList<>();
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          List<Integer> open = new ArrayList<>();
          for (int task = 1; task < next; task++) {
            if (dataflow.openResults().isOpen(task) && random.nextInt(3) == 0) {
              open.add(task);
            }
          }
          submit(PLAIN, next++, open.stream().limit(3).mapToInt(task -> task).toArray());
          exchange();
        }
        case 2 -> {
          held.addAll(take());
          if (!held.isEmpty()) {
            long task = held.remove(random.nextInt(held.size()));
            answer(task, random.nextInt(5) == 0 ? Status.ERROR : Status.OK, "r" + task);
          }
        }
        default -> {
          whenDurable();
          if (resultFrames > acknowledged) {
            say.frame(Kind.ACK, 0, resultFrames - acknowledged, 0, NOTHING);
            acknowledged = resultFrames;
          }
          exchange();
        }
      }
    }
    whenDurable();
    Dataflow fresh = restore();
    Map<Long, String> was = new TreeMap<>();
    Map<Long, String> is = new TreeMap<>();
    for (long task = 1; task < next; task++) {
      was.put(task, describe(dataflow, task));
      is.put(task, describe(fresh, task));
    }
    assertThat(is).isEqualTo(was);
    assertThat(fresh.pending()).isEqualTo(dataflow.pending());
    assertThat(fresh.kernel().lastTask()).isEqualTo(next - 1);
  }

  /** What must be the same: a task that a worker had is ready again. */
  private static String describe(Dataflow of, long task) {
    TaskState state = of.kernel().state(task);
    return switch (state) {
      case UNKNOWN -> "gone";
      case HELD, READY -> "to run";
      case ENDED_WELL, ENDED_BADLY ->
          state + " " + text(of, task) + (of.openResults().isOpen(task) ? " open" : "");
      default -> state.name();
    };
  }

  @Test
  void taskThatIsRestoredRunsWithWhatItsParentReturned() {
    submit(PLAIN, 1);
    submit(PLAIN, 2, 1);
    exchange();
    take();
    answer(1, Status.OK, "one");
    whenDurable();
    say.frame(Kind.ACK, 0, 1, 0, NOTHING);
    exchange();
    Dataflow fresh = restore();
    assertThat(fresh.kernel().state(2)).isEqualTo(TaskState.READY);
    assertThat(fresh.payloads().parent(2, 0)).isEqualTo(1);
    assertThat(text(fresh, 1)).isEqualTo("OK one");
    assertThat(again.isEmpty()).isTrue();
  }

  @Test
  void whatManagersBringIsAdoptedOnlyWhereTheJournalHasNoEnd() {
    submit(PLAIN, 1);
    submit(PLAIN, 2, 1);
    submit(PLAIN, 3, 2);
    submit(PROMISE, 4);
    exchange();
    take();
    answer(1, Status.OK, "one");
    whenDurable();
    Kernel kernel = restore().kernel();
    assertThat(kernel.adopt(0, 1, 0)).as("it has ended").isFalse();
    assertThat(kernel.adopt(0, 3, 0)).as("its parent is open").isTrue();
    assertThat(kernel.adopt(0, 2, 0)).isTrue();
    assertThat(kernel.adopt(0, 4, 0)).as("it is the client's").isFalse();
    assertThat(kernel.adopt(0, 5, 0)).as("it was not accepted").isFalse();
    assertThat(kernel.isReady(0)).isFalse();
  }

  @Test
  void promiseThatIsRestoredIsTheClientsToEndAndEndsWithItsClient() {
    submit(PROMISE, 1);
    submit(PLAIN, 2, 1);
    exchange();
    Dataflow fresh = restore();
    assertThat(fresh.kernel().state(1)).isEqualTo(TaskState.PROMISED);
    assertThat(new Orphans(fresh).end()).isEqualTo(1);
    assertThat(text(fresh, 1)).startsWith("FAULT ClientGone");
    assertThat(text(fresh, 2)).startsWith("DEPENDENCY");
    assertThat(fresh.pending()).isZero();
  }

  @Test
  void runThatWasClosedRunsNothingMore() {
    submit(PLAIN, 1);
    exchange();
    journal.closed();
    Dataflow fresh = restore();
    assertThat(fresh.pending()).isZero();
    assertThat(text(fresh, 1)).isEqualTo("CANCELLED ");
    assertThat(fresh.openResults().isOpen(1)).isTrue();
  }

  @Test
  void taskWhoseLargeArgumentsAreGoneEndsByANamedError() {
    byte[] reference = new byte[SegmentReference.BYTES];
    new SegmentReference(77, 100_000).encode(reference, 0);
    say.begin(Kind.SUBMIT, PLAIN, 1, 1)
        .lengths(new int[] {Length.SEGMENT}, 0)
        .payload(reference, 0, reference.length)
        .end();
    exchange();
    Dataflow fresh = restore(paper.state(paper.size()), false);
    assertThat(text(fresh, 1)).startsWith("FAULT PayloadLost").contains("arguments of task 1");
    assertThat(restore().kernel().state(1)).isEqualTo(TaskState.READY);
  }

  @Test
  void openTasksAreNamedByRangesOfOneFunction() {
    submit(PLAIN, 1);
    submit(PLAIN, 2);
    submit(PROMISE, 3);
    submit(PLAIN, 4);
    exchange();
    assertThat(new OpenTasks(dataflow).entries())
        .containsExactly(
            Map.entry("1-2", "plain"), Map.entry("3-3", "promise"), Map.entry("4-4", "plain"));
  }
}

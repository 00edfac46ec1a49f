package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random events drive the kernel and its model side by side; they must tell the same in the same
 * order.
 */
@Tag("long")
class ModelTest {

  private static final int EVENTS = 100_000;
  private static final int PROMISE = 5;
  private static final int LANES = 3;
  private static final List<Ending> ENDINGS = List.of(Ending.values());

  private static final Map<Integer, TaskClass> CLASSES =
      new TreeMap<>(
          Map.of(
              0,
              TaskClass.ofLane(0),
              1,
              new TaskClass(0, 2, 0, true, 3, false, false),
              2,
              new TaskClass(0, 0, -1, true, 2, false, false),
              3,
              new TaskClass(1, 1, 5, false, 3, false, false),
              4,
              new TaskClass(1, 0, 0, true, 3, true, false),
              PROMISE,
              TaskClass.ofPromises(),
              6,
              new TaskClass(2, 3, 7, true, 1, false, false)));

  /** Three fixed seeds and a new one each time; a failure names it. */
  static List<Long> seeds() {
    return List.of(1L, 2L, 3L, new SplittableRandom().nextLong());
  }

  private final RecordedEffects effects = new RecordedEffects();
  private final Kernel kernel = new Kernel(effects);
  private final ModelKernel model = new ModelKernel(CLASSES);
  private final List<Long> known = new ArrayList<>();
  private SplittableRandom random = new SplittableRandom(0);

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void kernelTellsWhatItsModelTells(long seed) {
    random = new SplittableRandom(seed);
    CLASSES.forEach(kernel::define);
    for (int event = 0; event < EVENTS; event++) {
      step();
      effects.expect(model.told.toArray(String[]::new));
      model.told.clear();
      if (event % 1000 == 0) {
        compareAll();
      }
    }
    compareAll();
    for (var ending : ENDINGS) {
      assertThat(kernel.census().ended(ending)).as("%s occurs", ending).isGreaterThan(50);
    }
    kernel.close();
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1 -> submitOne();
      case 2 -> submitSome();
      case 3, 4, 5 -> take();
      case 6 -> assertThat(kernel.follower(any())).isEqualTo(model.follower(recent));
      case 7, 8, 9, 10, 11 -> answer(any());
      case 12 -> assertThat(kernel.cancel(any())).isEqualTo(model.cancel(recent));
      case 13 -> verdict(any());
      case 14 -> fulfil(any());
      default -> release(any());
    }
  }

  private long recent;

  /** A known task, a recent one more often; or one that is unknown. */
  private long any() {
    int size = known.size();
    if (size == 0 || random.nextInt(50) == 0) {
      recent = random.nextLong(-1, kernel.lastTask() + 3);
    } else {
      int span = random.nextBoolean() ? size : Math.min(size, 20);
      recent = known.get(size - 1 - random.nextInt(span));
    }
    return recent;
  }

  private void submitOne() {
    var parents = new ArrayList<Long>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      long parent = any();
      if (kernel.knows(parent)) {
        parents.add(parent);
      }
    }
    long task = kernel.lastTask() + 1;
    int classId = random.nextInt(CLASSES.size());
    boolean lookUp = random.nextInt(8) == 0;
    long[] array = parents.stream().mapToLong(Long::longValue).toArray();
    kernel.submit(task, classId, array, 0, array.length, lookUp ? Kernel.LOOK_UP : 0);
    model.submit(task, classId, parents, lookUp);
    known.add(task);
  }

  private void submitSome() {
    int count = random.nextInt(6);
    int classId = random.nextInt(CLASSES.size());
    long first = kernel.lastTask() + 1;
    kernel.submit(first, count, classId);
    for (long task = first; task < first + count; task++) {
      model.submit(task, classId, List.of(), false);
      known.add(task);
    }
  }

  private void take() {
    int lane = random.nextInt(LANES);
    int max = random.nextInt(5);
    var into = new long[max];
    int count = kernel.take(lane, max, into, 0);
    assertThat(Arrays.stream(into, 0, count).boxed()).isEqualTo(model.take(lane, max));
  }

  private void answer(long task) {
    int attempt =
        kernel.knows(task) && random.nextInt(10) > 0 ? kernel.attempt(task) : random.nextInt(3);
    switch (random.nextInt(8)) {
      case 0 -> assertThat(kernel.failed(task, attempt)).isEqualTo(model.failed(task, attempt));
      case 1 -> assertThat(kernel.lost(task, attempt)).isEqualTo(model.lost(task, attempt));
      case 2, 3 ->
          assertThat(kernel.returned(task, attempt)).isEqualTo(model.returned(task, attempt));
      case 4 ->
          assertThat(kernel.cancelled(task, attempt)).isEqualTo(model.cancelled(task, attempt));
      default -> assertThat(outcome(task, attempt)).isEqualTo(modelOutcome(task, attempt));
    }
  }

  private String outcome(long task, int attempt) {
    try {
      return Boolean.toString(kernel.succeeded(task, attempt));
    } catch (IllegalStateException e) {
      return "refused";
    }
  }

  private String modelOutcome(long task, int attempt) {
    try {
      return Boolean.toString(model.succeeded(task, attempt));
    } catch (IllegalStateException e) {
      return "refused";
    }
  }

  private void verdict(long task) {
    boolean yes = random.nextBoolean();
    switch (random.nextInt(3)) {
      case 0 -> assertThat(kernel.retry(task, yes)).isEqualTo(model.retry(task, yes));
      case 1 -> assertThat(kernel.found(task, yes)).isEqualTo(model.found(task, yes));
      default -> assertThat(kernel.notFound(task)).isEqualTo(model.notFound(task));
    }
  }

  private void fulfil(long task) {
    if (kernel.knows(task) && kernel.classOf(task) == PROMISE) {
      var ending = ENDINGS.get(random.nextInt(ENDINGS.size()));
      assertThat(kernel.fulfil(task, ending)).isEqualTo(model.fulfil(task, ending));
    }
  }

  private void release(long task) {
    var found = model.tasks.get(task);
    if (found != null && found.ended()) {
      kernel.release(task);
      model.release(task);
      known.remove(task);
    }
  }

  private void compareAll() {
    var population = new TreeMap<TaskState, Long>();
    for (long number : known) {
      var task = model.tasks.get(number);
      assertThat(kernel.state(number)).isEqualTo(task.state);
      assertThat(kernel.attempt(number)).isEqualTo(task.attempt);
      assertThat(kernel.classOf(number)).isEqualTo(task.classId);
      population.merge(task.state, 1L, Long::sum);
    }
    for (var state : TaskState.values()) {
      assertThat(kernel.census().count(state))
          .as("%s", state)
          .isEqualTo(population.getOrDefault(state, 0L));
    }
    for (int lane = 0; lane < LANES; lane++) {
      var ready = model.ready(lane);
      assertThat(kernel.readyCount(lane)).isEqualTo(ready.size());
      assertThat(kernel.isReady(lane)).isEqualTo(!ready.isEmpty());
      assertThat(kernel.nextClass(lane)).isEqualTo(ready.isEmpty() ? -1 : ready.getFirst().classId);
    }
  }
}

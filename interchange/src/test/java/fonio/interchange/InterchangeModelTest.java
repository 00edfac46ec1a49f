package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Random managers that come, answer twice or wrongly, fall silent, die and come back, against an
 * owner that gives every task that comes back to the next one: each task ends exactly once.
 */
class InterchangeModelTest {
  private static final int TASKS = 300;
  private static final int EVENTS = 400;

  private final Map<Long, Integer> attempts = new HashMap<>();
  private final Map<Long, Integer> out = new HashMap<>();
  private final Deque<Long> ready = new ArrayDeque<>();
  private final Map<Long, Integer> ends = new HashMap<>();
  private final List<RandomManager> managers = new ArrayList<>();
  private int names;

  @RepeatedTest(6)
  void everyTaskEndsExactlyOnce(RepetitionInfo run) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(run.getCurrentRepetition());
    for (long task = 1; task <= TASKS; task++) {
      ready.add(task);
    }
    try (Star star = new Star(Selection.leastLoaded(random), Optional.empty())) {
      for (int event = 0; event < EVENTS; event++) {
        happens(star, random);
        step(star);
      }
      managers.add(RandomManager.join(star, "last", random));
      star.until(
          "all tasks end; out are " + out,
          () -> {
            managers.forEach(RandomManager::finish);
            step(star);
            return ends.size() == TASKS;
          });
      star.interchange.managers().loads().values().forEach(load -> assertThat(load).isZero());
    }
    assertThat(ends.values()).containsOnly(1);
    assertThat(out).isEmpty();
  }

  private void happens(Star star, RandomGenerator random) throws IOException {
    managers.removeIf(RandomManager::isDead);
    if (managers.size() < 2 || (managers.size() < 6 && random.nextInt(20) == 0)) {
      managers.add(RandomManager.join(star, "m" + names++, random));
    }
    RandomManager manager = managers.get(random.nextInt(managers.size()));
    switch (random.nextInt(30)) {
      case 0 -> manager.die();
      case 1 -> star.pass(Duration.ofSeconds(random.nextInt(1, 8)));
      case 2, 3 -> manager.comeBack();
      case 4 -> manager.beginAnew();
      case 5 -> manager.breakTheProtocol();
      case 6 -> manager.drain();
      case 7 -> manager.answerWrongly();
      case 8 -> manager.sendAgain();
      case 9 -> manager.giveBack();
      case 10, 11 -> stop(star, random);
      default -> manager.answer();
    }
  }

  /** Asks for a task back, or has it ended. */
  private void stop(Star star, RandomGenerator random) {
    star.told.take().forEach(this::hear);
    long task = random.nextLong(1, TASKS + 1);
    boolean known =
        random.nextBoolean() ? star.interchange.recall(task) : star.interchange.kill(task);
    assertThat(known).isEqualTo(out.containsKey(task));
  }

  private void step(Star star) {
    star.turn();
    managers.forEach(RandomManager::read);
    star.told.take().forEach(this::hear);
    while (!ready.isEmpty()) {
      int room = star.interchange.choose(1);
      if (room == 0) {
        break;
      }
      long task = ready.remove();
      int attempt = attempts.merge(task, 1, Integer::sum);
      out.put(task, attempt);
      star.send(1, attempt, task);
    }
  }

  /** What is told of a task is told of an attempt that is out, once. */
  private void hear(String line) {
    String[] words = line.split("[ /]");
    switch (words[0]) {
      case "OK", "CANCELLED" -> {
        isDue(line, words);
        ends.merge(Long.valueOf(words[1]), 1, Integer::sum);
      }
      case "returned", "lost", "SKIPPED" -> {
        isDue(line, words);
        ready.addFirst(Long.valueOf(words[1]));
      }
      default -> {}
    }
  }

  private void isDue(String line, String[] words) {
    assertThat(out.remove(Long.valueOf(words[1]))).as(line).isEqualTo(Integer.valueOf(words[2]));
  }
}

package fonio.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random events in any order, late and twice; what must hold holds after each of them. */
class RandomEventsTest implements BlockEffects {
  private static final long SECOND = 1_000_000_000L;
  private static final int EVENTS = 20_000;
  private static final int MOST = 6;
  private static final int LEAST = 2;
  private static final List<JobState> STATES = List.of(JobState.values());

  /** A block that was asked for and of whose job no end was heard. */
  private final Map<String, Boolean> submittedByAlive = new LinkedHashMap<>();

  private final List<String> known = new ArrayList<>();
  private final Set<String> cancelled = new HashSet<>();
  private SplittableRandom random = new SplittableRandom(0);
  private BlockTable table = open("capacity");
  private long now;
  private long lackingSince = -1;
  private int ends;

  private BlockTable open(String strategy) {
    Settings settings =
        Settings.PLAIN.blocks(3, LEAST, MOST).strategy(strategy).errors("none").idle(30);
    return new BlockTable(settings.config(), this, 0);
  }

  /** Each strategy with two fixed seeds and a new one; a failure names it. */
  static Stream<Object[]> runs() {
    return Strategy.NAMES.stream()
        .flatMap(strategy ->
            Stream.of(1L, 2L, new SplittableRandom().nextLong())
                .map(seed -> new Object[] {strategy, seed}));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("runs")
  void limitsAreKeptAndNoJobIsLeft(String strategy, long seed) {
    random = new SplittableRandom(seed);
    table = open(strategy);
    for (int i = 0; i < EVENTS; i++) {
      event();
      check();
    }
    assertThat(ends).as("blocks that ended").isGreaterThan(30);
    table.close(now);
    submittedByAlive.replaceAll((block, submitted) -> {
      if (!submitted) {
        table.submitted(block, "j" + block, now);
      }
      return true;
    });
    assertThat(cancelled).containsAll(submittedByAlive.keySet());
    int before = known.size();
    event();
    table.tick(now + 100 * SECOND, new Demand(1000, 0));
    assertThat(known).hasSize(before);
  }

  private void event() {
    String block = any();
    switch (random.nextInt(10)) {
      case 0, 1 -> {
        if (submittedByAlive.containsKey(block)) {
          submittedByAlive.put(block, true);
          table.submitted(block, "j" + block, now);
        }
      }
      case 2 -> {
        if (Boolean.FALSE.equals(submittedByAlive.get(block)) && random.nextInt(4) == 0) {
          ended(block);
          table.submitFailed(block, "no", now);
        }
      }
      case 3 -> status(block);
      case 4, 5 -> table.managerJoined(block, "m" + random.nextInt(2), 1 + random.nextInt(8), now);
      case 6 -> table.managerLeft(block, "m" + random.nextInt(2), now);
      case 7 -> table.load(block, random.nextInt(4), now);
      default -> {
        now += random.nextLong(2 * SECOND);
        table.tick(now, new Demand(Math.max(0, random.nextLong(-20, 40)), random.nextInt(2)));
      }
    }
  }

  /** Mostly one that is alive, now and then one that may be gone. */
  private String any() {
    List<String> from =
        submittedByAlive.isEmpty() || random.nextInt(5) == 0
            ? known
            : List.copyOf(submittedByAlive.keySet());
    return from.isEmpty() ? "0" : from.get(random.nextInt(from.size()));
  }

  private void status(String block) {
    JobState state = STATES.get(random.nextInt(STATES.size()));
    if (!Boolean.TRUE.equals(submittedByAlive.get(block))
        || (state.isEnded() && random.nextInt(3) > 0)) {
      return;
    }
    table.statuses(Map.of("j" + block, JobStatus.of(state, "")), now);
    if (state.isEnded() && table.blocks().alive(block) == null) {
      ended(block);
    }
  }

  private void ended(String block) {
    ends++;
    submittedByAlive.remove(block);
  }

  private void check() {
    int alive = table.blocks().alive().size();
    assertThat(alive).isLessThanOrEqualTo(MOST).isEqualTo(submittedByAlive.size());
    boolean lacks = table.blocks().wanted().size() < LEAST && alive < MOST;
    if (!lacks || known.isEmpty()) {
      lackingSince = -1;
    } else if (lackingSince < 0) {
      lackingSince = now;
    }
    // The longest backoff, and the longest that these events leave between two ticks.
    assertThat(lackingSince < 0 || now - lackingSince <= 62 * SECOND).as("least is kept").isTrue();
  }

  @Override
  public void submit(String block) {
    known.add(block);
    submittedByAlive.put(block, false);
  }

  @Override
  public void cancel(String block, String job) {
    cancelled.add(block);
  }

  @Override
  public void drain(String block) {
    assertThat(known).contains(block);
  }

  @Override
  public void failAll(String text) {
    throw new AssertionError(text);
  }

  @Override
  public void said(String line) {
    assertThat(line).startsWith("executor htex: ");
  }
}

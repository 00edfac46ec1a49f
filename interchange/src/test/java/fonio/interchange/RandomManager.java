package fonio.interchange;

import fonio.wire.Kind;
import fonio.wire.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A manager that does its work, and whatever else a test has happen to it. */
final class RandomManager {
  private record Answer(int status, int attempt, long task) {}

  private final Star star;
  private final RandomGenerator random;

  /** What it has, with the attempts. */
  private final Map<Long, Integer> has = new LinkedHashMap<>();

  private final List<Answer> unacknowledged = new ArrayList<>();
  private ScriptedManager connection;
  private boolean draining;
  private boolean dead;

  private RandomManager(Star star, RandomGenerator random, ScriptedManager connection) {
    this.star = star;
    this.random = random;
    this.connection = connection;
  }

  static RandomManager join(Star star, String name, RandomGenerator random) throws IOException {
    ScriptedManager connection = star.connect(name);
    connection.hello(connection.entries());
    RandomManager manager = new RandomManager(star, random, connection);
    manager.greeted();
    return manager;
  }

  private void greeted() {
    star.until("welcome", () -> !connection.welcome.isEmpty());
    connection.capacity(
        Map.of("workers", "" + random.nextInt(1, 3), "window", "" + random.nextInt(1, 9)));
  }

  boolean isDead() {
    return dead || connection.gone;
  }

  /** Notes what came. */
  void read() {
    for (; connection.acknowledged > 0 && !unacknowledged.isEmpty(); connection.acknowledged--) {
      unacknowledged.removeFirst();
    }
    for (String line : connection.take()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "TASKS" -> {
          for (int i = 1; i < words.length; i++) {
            String[] parts = words[i].split("/", -1);
            has.put(Long.valueOf(parts[0]), Integer.valueOf(parts[1]));
          }
        }
        case "KILL" -> stop(Long.parseLong(words[1]), Status.CANCELLED);
        case "RECALL" -> {
          if (random.nextBoolean()) {
            stop(Long.parseLong(words[1]), Status.SKIPPED);
          } else {
            connection.say(Kind.VERDICT, Integer.parseInt(words[1]));
          }
        }
        default -> {}
      }
    }
    if (draining) {
      giveBackAll();
    }
  }

  private void stop(long task, int status) {
    Integer attempt = has.remove(task);
    if (attempt != null) {
      say(new Answer(status, attempt, task));
    }
  }

  private void say(Answer answer) {
    unacknowledged.add(answer);
    connection.answer(answer.status, answer.attempt, answer.task);
  }

  private long any() {
    return has.keySet().stream().skip(random.nextInt(has.size())).findFirst().orElseThrow();
  }

  void answer() {
    for (int i = random.nextInt(4); i >= 0 && !has.isEmpty(); i--) {
      stop(any(), Status.OK);
    }
  }

  void giveBack() {
    if (!has.isEmpty()) {
      stop(any(), Status.SKIPPED);
    }
  }

  private void giveBackAll() {
    while (!has.isEmpty()) {
      giveBack();
    }
  }

  /** Answers what it never had, or under an attempt that is not due. */
  void answerWrongly() {
    connection.answer(Status.OK, random.nextInt(900, 1000), random.nextLong(1, 300));
    unacknowledged.add(new Answer(Status.OK, 999, 1));
  }

  /** Says again what it has said. */
  void sendAgain() {
    if (!unacknowledged.isEmpty()) {
      say(unacknowledged.getFirst());
    }
  }

  void drain() {
    draining = true;
    connection.say(Kind.DRAIN, 0);
    giveBackAll();
  }

  void die() {
    connection.close();
    dead = true;
  }

  void breakTheProtocol() {
    connection.say(Kind.TASKS, 0);
    dead = true;
  }

  /** Comes back by another connection; half of what was under way to it is lost with the first. */
  void comeBack() throws IOException {
    ScriptedManager old = connection;
    if (random.nextBoolean()) {
      read();
    }
    connection = star.comeBack(old.name);
    old.heard.clear();
    if (connection.welcome.get("resumed").equals("1")) {
      List.copyOf(unacknowledged)
          .forEach(answer -> connection.answer(answer.status, answer.attempt, answer.task));
      has.forEach((task, attempt) -> connection.holds(false, attempt, task));
      connection.holds(true, 0);
    } else {
      has.clear();
      unacknowledged.clear();
      connection.capacity(Map.of("workers", "1", "window", "4"));
    }
  }

  /** Another process comes under its name. */
  void beginAnew() throws IOException {
    has.clear();
    unacknowledged.clear();
    draining = false;
    connection = star.connect(connection.name);
    connection.hello(connection.entries());
    greeted();
  }

  /** Does all that it has. */
  void finish() {
    read();
    if (!isDead()) {
      List.copyOf(has.keySet()).forEach(task -> stop(task, Status.OK));
      connection.say(Kind.BEAT, 0);
    }
  }
}

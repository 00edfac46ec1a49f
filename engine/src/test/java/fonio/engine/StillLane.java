package fonio.engine;

import fonio.executors.Concerned;
import fonio.executors.Lane;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FunctionDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A lane that takes nothing and says what a test wants it to say. */
final class StillLane implements Lane {
  final List<String> obstacles = new ArrayList<>();
  final List<String> commands = new ArrayList<>();
  final Map<Long, String> holders = new HashMap<>();

  @Override
  public Concerned obey(Command command, String part) {
    if (part.equals("nobody")) {
      throw new IllegalArgumentException("executor still has no nobody");
    }
    commands.add(command + " " + part);
    return new Concerned(List.of("manager m1"), List.of("block 3 has no manager yet"));
  }

  @Override
  public String label() {
    return "still";
  }

  @Override
  public Map<String, String> status() {
    return Map.of("workers", "0");
  }

  @Override
  public Optional<String> holder(long task) {
    return Optional.ofNullable(holders.get(task));
  }

  @Override
  public List<String> obstacles() {
    return List.copyOf(obstacles);
  }

  @Override
  public Map<String, String> describe() {
    return Map.of();
  }

  @Override
  public int workers() {
    return 0;
  }

  @Override
  public int doWork() {
    return 0;
  }

  @Override
  public int dispatch() {
    return 0;
  }

  @Override
  public long sleepNanos(long nowNanos) {
    return Long.MAX_VALUE;
  }

  @Override
  public void function(FunctionDefinition function) {}

  @Override
  public void define(ClassDefinition definition) {}

  @Override
  public void share(FrameView frame) {}

  @Override
  public void unshare(int object) {}

  @Override
  public Recalled recall(long task) {
    return Recalled.NO;
  }

  @Override
  public boolean kill(long task) {
    return false;
  }

  @Override
  public void close() {}
}

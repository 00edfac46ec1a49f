package fonio.executors;

import fonio.interchange.ManagerInfo;
import java.util.List;
import java.util.Map;

/** Nobody starts managers: they are started by hand. */
final class NoNodes implements Nodes {
  @Override
  public int doWork(long outstanding) {
    return 0;
  }

  @Override
  public long sleepNanos(long nowNanos) {
    return Long.MAX_VALUE;
  }

  @Override
  public void joined(ManagerInfo manager, int workers) {}

  @Override
  public void left(ManagerInfo manager, String why) {}

  @Override
  public Map<String, String> unmanned() {
    return Map.of();
  }

  @Override
  public void dismiss(String block, String who) {}

  @Override
  public List<String> describe() {
    return List.of();
  }

  @Override
  public void close() {}
}

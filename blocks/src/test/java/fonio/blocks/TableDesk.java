package fonio.blocks;

import java.util.Map;
import java.util.OptionalInt;

/** A table of blocks under a clock in seconds; block N has job 1N. */
final class TableDesk {
  private static final long SECOND = 1_000_000_000L;

  final Recorded effects = new Recorded();
  final BlockTable table;
  long now;
  Demand demand = Demand.NONE;

  TableDesk(Settings settings) {
    table = new BlockTable(settings.config(), effects, 0);
  }

  void at(double seconds) {
    now = (long) (seconds * SECOND);
    table.tick(now, demand);
  }

  void submitted(String block) {
    table.submitted(block, "1" + block, now);
  }

  void status(String block, JobState state) {
    status(block, JobStatus.of(state, ""));
  }

  void status(String block, JobStatus status) {
    table.statuses(Map.of("1" + block, status), now);
  }

  void failed(String block, int exitCode, String stderr) {
    status(block, new JobStatus(JobState.FAILED, "", OptionalInt.of(exitCode), "", stderr));
  }

  void joined(String block, String manager, int workers) {
    table.managerJoined(block, manager, workers, now);
  }

  /** Brings a block up that has been asked for. */
  void up(String block) {
    submitted(block);
    joined(block, "m" + block, 4);
  }

  String line(int index) {
    return table.blocks().describe(now).toList().get(index);
  }
}

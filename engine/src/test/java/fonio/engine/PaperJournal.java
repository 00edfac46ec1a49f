package fonio.engine;

import fonio.journal.RecordSink;
import fonio.journal.RunState;
import fonio.journal.TaskRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A journal in memory, whose disk goes as far as a test lets it. */
final class PaperJournal implements RecordSink, RunJournal.Disk {
  private final List<TaskRecord> records = new ArrayList<>();
  private long durable;
  private String failure = "";

  @Override
  public long append(int kind, byte[] bytes, int from, int length) {
    byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
    records.add(TaskRecord.parse(kind, ByteBuffer.wrap(copy)));
    return records.size();
  }

  @Override
  public long durable() {
    return durable;
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public boolean isFull() {
    return false;
  }

  /** All that was appended is on disk. */
  void force() {
    durable = records.size();
  }

  /** The disk takes nothing, or takes all again when the reason is empty. */
  void fail(String reason) {
    failure = reason;
  }

  /** The names of the records' kinds. */
  List<String> kinds() {
    return records.stream().map(record -> record.getClass().getSimpleName()).toList();
  }

  TaskRecord last() {
    return records.getLast();
  }

  /** How many records there are. */
  int size() {
    return records.size();
  }

  /** What the first records say. */
  RunState state(int count) {
    RunState state = new RunState();
    records.subList(0, count).forEach(state::apply);
    return state;
  }
}

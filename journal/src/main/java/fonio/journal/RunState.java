package fonio.journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a durable run has to do yet, from its records: a pure function of their order. */
public final class RunState {
  /*
   * A batch stays while a task of it has not ended, has a result that the client does not have, or has one that a batch with
   * unfinished tasks needs. Frames go as soon as nobody can ask for them: the SUBMIT frame with the last task that ends, a RESULTS frame
   * with the last result.
   */
  private final List<byte[]> definitions = new ArrayList<>();
  private final List<byte[]> notes = new ArrayList<>();
  private final List<TaskRecord.Remembered> remembered = new ArrayList<>();
  private final TreeMap<Long, Batch> batches = new TreeMap<>();
  private final long[] endings = new long[256];
  private long submitted;
  private long lastTask;
  private long clientFrames;
  private boolean closed;

  /**
   * A task that is to be run.
   *
   * @param frame the SUBMIT frame that it came with
   * @param index which task of that frame it is
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Pending(long task, byte[] frame, int index) {}

  /**
   * A result that somebody may ask for.
   *
   * @param frame the RESULTS frame that it stands in
   * @param index which result of that frame it is
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Result(long task, int status, byte[] frame, int index) {}

  /** Takes the next record. */
  public void apply(TaskRecord record) {
    switch (record) {
      case TaskRecord.Definition(byte[] frame) -> {
        definitions.add(frame);
        clientFrames++;
      }
      case TaskRecord.Accepted accepted -> {
        accept(accepted);
        clientFrames++;
      }
      case TaskRecord.Given(long[] tasks, byte[] statuses, byte[] frame) -> {
        end(tasks, statuses, frame);
        clientFrames++;
      }
      case TaskRecord.Noted(byte[] frame) -> {
        notes.add(frame);
        clientFrames++;
      }
      case TaskRecord.Ended(long[] tasks, byte[] statuses, byte[] frame) ->
          end(tasks, statuses, frame);
      case TaskRecord.Acknowledged(long[] tasks) -> acknowledge(tasks);
      case TaskRecord.Closed() -> closed = true;
      case TaskRecord.Remembered result -> remembered.add(result);
    }
  }

  private void accept(TaskRecord.Accepted accepted) {
    long end = accepted.first() + accepted.count();
    Map.Entry<Long, Batch> before = batches.lowerEntry(end);
    if (accepted.count() < 1 || (before != null && before.getValue().end() > accepted.first())) {
      throw new IllegalArgumentException(
          "tasks "
              + accepted.first()
              + " to "
              + (end - 1)
              + " are none, or were accepted before: the journal is not that of one run");
    }
    batches.put(accepted.first(), new Batch(accepted));
    submitted += accepted.count();
    lastTask = Math.max(lastTask, end - 1);
    for (long parent : accepted.parents()) {
      Batch of = find(parent);
      if (of != null) {
        of.need(parent);
      }
    }
  }

  private void end(long[] tasks, byte[] statuses, byte[] frame) {
    for (int i = 0; i < tasks.length; i++) {
      int status = statuses[i] & 0xFF;
      Batch batch = find(tasks[i]);
      if (batch != null && batch.end(new Result(tasks[i], status, frame, i))) {
        endings[status]++;
        if (batch.isFinished()) {
          finish(batch);
        }
      }
    }
  }

  /** The batch has no unfinished task any more, and needs no parents. */
  private void finish(Batch batch) {
    for (long parent : batch.parents()) {
      Batch of = find(parent);
      if (of != null) {
        of.needNoMore(parent);
        drop(of);
      }
    }
    drop(batch);
  }

  private void acknowledge(long[] tasks) {
    Set<Batch> touched = new HashSet<>();
    for (long task : tasks) {
      Batch batch = find(task);
      if (batch != null) {
        batch.acknowledge(task);
        touched.add(batch);
      }
    }
    touched.forEach(this::drop);
  }

  private void drop(Batch batch) {
    if (batch.isDone()) {
      batches.remove(batch.first());
    }
  }

  private @Nullable Batch find(long task) {
    Map.Entry<Long, Batch> entry = batches.floorEntry(task);
    return entry == null || entry.getValue().end() <= task ? null : entry.getValue();
  }

  /** How many frames of the client have a record: those of a DEFINITION, and so on. */
  public long clientFrames() {
    return clientFrames;
  }

  /** The last task that was accepted; 0 before the first. */
  public long lastTask() {
    return lastTask;
  }

  /** How many tasks were accepted. */
  public long submitted() {
    return submitted;
  }

  /** How many tasks have ended with a status. */
  public long ended(int status) {
    return endings[status];
  }

  /** Whether the run was ended in order, so that what is pending is not to be run. */
  public boolean isClosed() {
    return closed;
  }

  /** The frames of what the client has told, in their order. */
  public List<byte[]> notes() {
    return List.copyOf(notes);
  }

  /** The results that equal calls are to share, in their order. */
  public List<TaskRecord.Remembered> remembered() {
    return List.copyOf(remembered);
  }

  /** The frames of what was defined, in their order. */
  public List<byte[]> definitions() {
    return List.copyOf(definitions);
  }

  /** Passes on the tasks that were accepted and have not ended, in their order. */
  public void pending(Consumer<Pending> to) {
    batches.values().forEach(batch -> batch.pending(to));
  }

  /** Passes on the results that the client does not have, by task. */
  public void unacknowledged(Consumer<Result> to) {
    batches.values().forEach(batch -> batch.results(to, false));
  }

  /** Passes on the results that the client has and that pending tasks may need, by task. */
  public void needed(Consumer<Result> to) {
    batches.values().forEach(batch -> batch.results(to, true));
  }
}

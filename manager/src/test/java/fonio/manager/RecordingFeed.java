package fonio.manager;

import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Workers that write down what they are sent, one line for each frame. */
final class RecordingFeed implements Backlog.Feed {
  private final List<String> lines = new ArrayList<>();
  private final List<String> tasks = new ArrayList<>();
  private final int[] rooms;
  private final ByteQueue queue = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(queue);
  private final FrameView frame = new FrameView();

  RecordingFeed(int workers) {
    rooms = new int[workers];
  }

  void rooms(int... each) {
    System.arraycopy(each, 0, rooms, 0, rooms.length);
  }

  /** What was sent since the last look. */
  List<String> take() {
    List<String> all = List.copyOf(lines);
    lines.clear();
    tasks.clear();
    return all;
  }

  /** The tasks that were sent since the last look, in their order. */
  List<String> tasks() {
    return tasks;
  }

  @Override
  public int workers() {
    return rooms.length;
  }

  @Override
  public int choose(int classId) {
    for (int worker = 0; worker < rooms.length; worker++) {
      if (rooms[worker] > 0) {
        return worker;
      }
    }
    return -1;
  }

  @Override
  public int room(int worker, int classId) {
    return rooms[worker];
  }

  @Override
  public FrameWriter prepare(int worker, int classId) {
    return writer;
  }

  @Override
  public void sent(int worker, int classId, long[] ids, int[] attempts, int count) {
    rooms[worker] = Math.max(0, rooms[worker] - count);
    if (!frame.next(queue) || frame.count() != count || frame.classId() != classId) {
      throw new AssertionError("no frame of " + count + " tasks of class " + classId);
    }
    StringBuilder line = new StringBuilder("w" + worker + " class " + classId + ":");
    for (int i = 0; i < count; i++) {
      line.append(' ').append(ids[i]).append('/').append(attempts[i]);
      tasks.add(ids[i] + "/" + attempts[i]);
      if (frame.parentCount(i) > 0) {
        long parent = frame.parent(frame.firstParent(i));
        line.append('<').append(parent).append(i == 0 || ids[i - 1] != parent ? "orphan" : "");
      }
      check(i, ids[i]);
    }
    lines.add(line.toString());
    queue.consumed(frame.size());
  }

  private void check(int i, long id) {
    int at = frame.payloadOffset(i);
    byte[] payload = Arrays.copyOfRange(frame.array(), at, at + frame.length(i));
    if (frame.task(i) != id || !Arrays.equals(payload, Waiting.payload(id))) {
      throw new AssertionError("task " + id + " came as " + frame.task(i));
    }
  }

  @Override
  public void balance(int ready) {
    lines.add("balance " + ready);
  }
}

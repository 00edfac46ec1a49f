package fonio.engine;

import fonio.journal.RunState;
import fonio.journal.TaskRecord;
import fonio.kernel.Ending;
import fonio.kernel.TaskState;
import fonio.memo.Store;
import fonio.transport.Segments;
import fonio.wire.Length;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets equal calls run once: results of this run from memory, those of other runs from the store,
 * and calls that are under way by waiting for them.
 *
 * <p>The key of a task is the client's key, with parents a digest of it and of their results; the
 * client makes the same digest where it puts the results in itself.
 */
final class MemoGate implements Memory {
  /*
   * A key is `running` from its first lookup until the end of the task that leads it is settled; equal tasks that come meanwhile
   * follow it. A follower may be cancelled while it waits: it is asked for its state before its arguments are looked at. The kernel must not be changed inside `ended`, so endings are noted and followers are answered by doWork.
   */
  private static final int MOST_REMEMBERED_BYTES = 256 << 20;
  private static final int LARGEST_REMEMBERED = 1 << 20;

  private record Key(ByteBuffer bytes) {}

  /** A call that is under way, and the equal ones that wait for it. */
  private static final class Lead {
    final List<Long> followers = new ArrayList<>();
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Remembered(int status, byte[] payload) {}

  private record Ended(Key key, Lead lead, @Nullable Remembered result) {}

  private final Dataflow dataflow;
  private final Segments segments;
  private final @Nullable Store store;
  private final Map<Key, Lead> running = new HashMap<>();
  private final Map<Long, Key> keyOfLead = new HashMap<>();
  private final LinkedHashMap<Key, Remembered> remembered = new LinkedHashMap<>(64, 0.75f, true);
  private final List<Ended> ended = new ArrayList<>();
  private long rememberedBytes;
  private boolean fromStore;
  private @Nullable RunJournal journal;

  /**
   * @param store results of other runs, null for none
   */
  MemoGate(Dataflow dataflow, Segments segments, @Nullable Store store) {
    this.dataflow = dataflow;
    this.segments = segments;
    this.store = store;
  }

  /** Remembers what an earlier engine of the run did, and writes down what it will. */
  void restore(RunState state, RunJournal writer) {
    for (TaskRecord.Remembered result : state.remembered()) {
      remember(
          new Key(ByteBuffer.wrap(result.key())),
          new Remembered(result.status(), result.payload()));
    }
    journal = writer;
  }

  @Override
  public void lookUp(long task) {
    if (dataflow.kernel().state(task) != TaskState.LOOKING_UP) {
      return;
    }
    Key key = key(task);
    Remembered known = remembered.get(key);
    if (known != null) {
      found(task, known);
      return;
    }
    Lead lead = running.get(key);
    if (lead != null) {
      lead.followers.add(task);
      return;
    }
    running.put(key, new Lead());
    keyOfLead.put(task, key);
    if (store == null) {
      dataflow.notFound(task);
    } else {
      store.lookUp(task, key.bytes().array());
    }
  }

  @Override
  public void ended(long task, Ending how, Result result) {
    Key key = keyOfLead.remove(task);
    if (key == null) {
      return;
    }
    Lead lead = running.get(key);
    boolean repeatable = how == Ending.SUCCEEDED || how == Ending.FAILED;
    byte[] payload = repeatable ? bytes(result) : null;
    Remembered kept = payload == null ? null : new Remembered(result.status, payload);
    if (kept != null && how == Ending.SUCCEEDED && store != null && !fromStore) {
      store.keep(key.bytes().array(), dataflow.nameOf(task), kept.payload());
    }
    if (lead != null) {
      ended.add(new Ended(key, lead, kept));
    }
  }

  /** Answers what has become known; how much that was. */
  int doWork() {
    int work = store == null ? 0 : store.poll(this::answer);
    while (!ended.isEmpty()) {
      List<Ended> now = List.copyOf(ended);
      ended.clear();
      now.forEach(this::settle);
      work += now.size();
    }
    return work;
  }

  private void answer(long task, Optional<byte[]> payload) {
    if (payload.isEmpty()) {
      dataflow.notFound(task);
      return;
    }
    fromStore = true;
    try {
      found(task, new Remembered(Status.OK, payload.get()));
    } finally {
      fromStore = false;
    }
  }

  private void settle(Ended end) {
    Remembered result = end.result();
    running.remove(end.key());
    if (result != null) {
      if (journal != null && result.payload().length <= LARGEST_REMEMBERED) {
        journal.remembered(end.key().bytes().array(), result.status(), result.payload());
      }
      remember(end.key(), result);
    }
    List<Long> followers = end.lead().followers;
    for (int i = 0; i < followers.size(); i++) {
      if (result != null) {
        found(followers.get(i), result);
      } else {
        lookUp(followers.get(i));
      }
    }
  }

  private void found(long task, Remembered result) {
    if (result.payload().length <= fonio.wire.Limits.MAX_INLINE_BYTES) {
      dataflow.found(task, result.status(), result.payload(), result.payload().length);
      return;
    }
    byte[] reference = new byte[SegmentReference.BYTES];
    segments.store(result.payload(), 0, result.payload().length).encode(reference, 0);
    dataflow.found(task, result.status(), reference, Length.SEGMENT);
  }

  private void remember(Key key, Remembered result) {
    if (result.payload().length > LARGEST_REMEMBERED && store != null) {
      return;
    }
    Remembered old = remembered.put(key, result);
    rememberedBytes += result.payload().length - (old == null ? 0 : old.payload().length);
    var eldest = remembered.entrySet().iterator();
    while (rememberedBytes > MOST_REMEMBERED_BYTES && eldest.hasNext()) {
      rememberedBytes -= eldest.next().getValue().payload().length;
      eldest.remove();
    }
  }

  private byte[] bytes(Result result) {
    if (!Length.isSegment(result.lengthColumn)) {
      int length = Length.bytes(result.lengthColumn);
      return java.util.Arrays.copyOfRange(result.bytes, result.offset, result.offset + length);
    }
    SegmentReference reference = SegmentReference.decode(result.bytes, result.offset);
    try (Arena arena = Arena.ofConfined()) {
      return segments.map(reference, arena).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private Key key(long task) {
    Batch batch = dataflow.batch(task);
    byte[] given = batch.memoKey(task);
    byte[] own = given == null ? Result.NOTHING : given;
    if (batch.parentCount(task) == 0) {
      return new Key(ByteBuffer.wrap(own));
    }
    MessageDigest digest = Sha256.begin();
    digest.update(own);
    Result parent = new Result();
    for (int p = 0; p < batch.parentCount(task); p++) {
      dataflow.load(batch.parent(task, p), parent);
      byte[] bytes = bytes(parent);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return new Key(ByteBuffer.wrap(digest.digest()));
  }
}

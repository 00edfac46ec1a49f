package fonio.engine;

import fonio.memo.Store;
import fonio.worker.Values;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cached call as the notebook has it: the key of the call, and the result as bytes. */
final class Note {

  /*
   * Concurrency: of one thread at a time, as the task is: its maker, the notebook's thread that makes the key, the thread that runs
   * the task and makes the bytes before anyone else can see the result, the holder of the baton that ends it, the notebook's thread
   * again, which keeps it before it looks up a task that has this one as its parent. A task that is cancelled while it is looked up
   * is ended beside that; its note is never kept.
   */

  private final Notebook notebook;
  private final Fingerprint function;
  private @Nullable MessageDigest draft;
  private List<LocalTask<?>> parents;
  private byte @Nullable [] key;
  private byte @Nullable [] payload;
  private byte @Nullable [] digest;
  private boolean unreadable;

  /**
   * A note of a call that is not yet made.
   *
   * @param draft the key but for the results of the parents
   */
  Note(Notebook notebook, Fingerprint function, MessageDigest draft, List<LocalTask<?>> parents) {
    this.notebook = notebook;
    this.function = function;
    this.draft = draft;
    this.parents = parents;
  }

  /** Has the result of another run looked up. */
  void lookUp(LocalTask<?> task) {
    notebook.lookUp(task, this);
  }

  /** The whole key; the parents have ended well. */
  byte[] finishKey() throws IOException {
    MessageDigest whole = draft;
    if (whole == null) {
      throw new IllegalStateException("the key of a call of " + function.name() + " is made twice");
    }
    draft = null;
    for (LocalTask<?> parent : parents) {
      whole.update(parent.resultDigest());
    }
    parents = List.of();
    byte[] made = whole.digest();
    key = made;
    return made;
  }

  /** The value that another run has stored. */
  @Nullable Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    unreadable = true;
    Object value = Values.decode(bytes, 0, bytes.length, function.loader());
    unreadable = false;
    digest = Sha256.of(bytes);
    return value;
  }

  /** The function has returned a value. */
  void ran(@Nullable Object value) {
    if (key == null) {
      return;
    }
    try {
      payload = Values.encode(value);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      notebook.warn("a result of " + function.name(), e);
    }
  }

  /** A worker process has sent a value. */
  void gave(byte[] bytes) {
    payload = bytes;
  }

  /** The task has ended. */
  void ended(boolean well) {
    if (well && key != null && payload != null) {
      notebook.keep(this);
    } else {
      payload = null;
    }
  }

  /** Hands the result over to the store. */
  void keep(Store store) {
    byte[] made = payload;
    if (made != null && key != null) {
      digest = Sha256.of(made);
      store.keep(key, function.name(), made, unreadable);
    }
    payload = null;
    key = null;
  }

  /** The digest of the result's bytes; null if there are none. */
  byte @Nullable [] digest() {
    return digest;
  }
}

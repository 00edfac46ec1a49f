package fonio.engine;

import fonio.api.spi.Body;
import fonio.wire.Length;
import fonio.worker.Arguments;
import fonio.worker.LargeValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task of this JVM that a worker process runs: its arguments are bytes, too. */
final class RemoteTask<T> extends LocalTask<T> {
  private static final byte[] NOTHING = {};

  private byte[] packed;
  private int lengthColumn;
  private final List<LargePayload> claims = new ArrayList<>(0);

  /** Packs the arguments; the caller is told of one that cannot travel. */
  RemoteTask(Library library, long id, Route route, Body body, @Nullable Object[] arguments) {
    super(library, id, route, body, arguments);
    this.packed = arguments.length == 0 ? NOTHING : pack(arguments, route.lane().label);
    this.lengthColumn = packed.length;
    if (packed.length > LargeValues.INLINE_BYTES) {
      LargePayload large = new LargePayload(library.workers().largeValues(), packed);
      claim(large);
      packed = large.reference();
      lengthColumn = Length.SEGMENT;
    }
  }

  /** Keeps a payload until this task has ended. */
  void claim(LargePayload payload) {
    if (!claims.contains(payload)) {
      payload.claim();
      claims.add(payload);
    }
  }

  /** The length column of the arguments. */
  int lengthColumn() {
    return lengthColumn;
  }

  @Override
  void drop() {
    packed = NOTHING;
    lengthColumn = 0;
    claims.forEach(LargePayload::giveUp);
    claims.clear();
  }

  private static byte[] pack(@Nullable Object[] arguments, String label) {
    @Nullable Object[] given = arguments.clone();
    for (int i = 0; i < given.length; i++) {
      given[i] = given[i] instanceof LocalTask<?> ? Arguments.PARENT : given[i];
    }
    try {
      return Arguments.encode(given);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "an argument cannot travel to executor \"%s\": %s; make its class Serializable"
              .formatted(label, e),
          e);
    }
  }

  byte[] packed() {
    return packed;
  }

  int parentCount() {
    int count = 0;
    for (Object argument : arguments()) {
      count += argument instanceof LocalTask<?> ? 1 : 0;
    }
    return count;
  }

  LocalTask<?> parent(int place) {
    int count = 0;
    for (Object argument : arguments()) {
      if (argument instanceof LocalTask<?> parent && count++ == place) {
        return parent;
      }
    }
    throw new IllegalStateException("task " + id() + " has no parent " + place);
  }

  @Override
  void end(fonio.kernel.Ending how, @Nullable LocalTask<?> cause) {
    drop();
    super.end(how, cause);
  }

  @Override
  public boolean kill() {
    return cancel() || library().kill(this);
  }
}

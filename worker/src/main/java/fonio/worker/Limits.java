package fonio.worker;

import java.io.ObjectInputFilter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a serialized value may cost its reader, as a filter of one stream.
 *
 * <p>It refuses no class, as both sides run the same program; a filter of the whole JVM ({@code
 * -Djdk.serialFilter}) is asked beside it.
 */
final class Limits implements ObjectInputFilter {

  /*
   * A set that holds each of two sets twice, some levels deep, is a few hundred bytes whose reading hashes 2^levels objects, so the
   * nesting of hash tables is limited more than that of other objects. A stream names a class once, but each table asks for its array.
   * A stream can claim an array that is larger than itself, but
   * none of its elements is less than a byte; a hash table has at most eight places an element.
   */

  private static final int MOST_DEPTH = 1000;
  private static final int MOST_NESTED_TABLES = 24;
  private static final int PLACES_A_BYTE = 8;
  private static final int SMALL_ARRAY = 1024;

  private final long mostPlaces;
  private final Deque<Long> tables = new ArrayDeque<>();
  private @Nullable String reason;

  Limits(int bytes) {
    this.mostPlaces = (long) PLACES_A_BYTE * bytes + SMALL_ARRAY;
  }

  @Override
  public Status checkInput(FilterInfo info) {
    if (info.depth() > MOST_DEPTH) {
      return refuse(
          "its objects are nested more than %d deep; send it as a list, or as bytes of your own",
          MOST_DEPTH);
    }
    if (info.arrayLength() > mostPlaces) {
      return refuse(
          "it claims an array of %d elements, which its bytes cannot hold", info.arrayLength());
    }
    if (Map.Entry[].class.equals(info.serialClass())) {
      while (!tables.isEmpty() && tables.getLast() >= info.depth()) {
        tables.removeLast();
      }
      tables.addLast(info.depth());
      if (tables.size() > MOST_NESTED_TABLES) {
        return refuse(
            "its sets and maps are nested more than %d deep; send it as a list, or as bytes of your own",
            MOST_NESTED_TABLES);
      }
    }
    return Status.UNDECIDED;
  }

  private Status refuse(String why, long number) {
    reason = why.formatted(number);
    return Status.REJECTED;
  }

  /** Why a stream was refused; null if it was not refused by this. */
  @Nullable String reason() {
    return reason;
  }
}

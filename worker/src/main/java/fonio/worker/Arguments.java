package fonio.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call as bytes: for each its length and its bytes, or a place that a parent's
 * value fills. No arguments are no bytes.
 */
public final class Arguments {
  /** Stands in a list of arguments for the value of the next parent. */
  public static final Object PARENT =
      new Object() {
        @Override
        public String toString() {
          return "the value of a parent";
        }
      };

  private static final byte[] NOTHING = {};
  private static final int PLACE = -1;

  private Arguments() {}

  /** The bytes of values, {@link #PARENT} among them. */
  public static byte[] encode(@Nullable Object[] values) throws IOException {
    if (values.length == 0) {
      return NOTHING;
    }
    byte[][] parts = new byte[values.length][];
    int total = 4;
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      parts[i] = value == PARENT ? NOTHING : Values.encode(value);
      total = Math.addExact(total, 4 + parts[i].length);
    }
    ByteBuffer out = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(values.length);
    for (int i = 0; i < values.length; i++) {
      out.putInt(values[i] == PARENT ? PLACE : parts[i].length).put(parts[i]);
    }
    return out.array();
  }

  /** The values in a part of an array, those of parents put in their places, in order. */
  static @Nullable Object[] decode(byte[] bytes, int from, int length, @Nullable Object[] parents)
      throws IOException, ClassNotFoundException {
    if (length == 0) {
      return parents;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN);
    @Nullable Object[] values = new Object[in.getInt()];
    int next = 0;
    for (int i = 0; i < values.length; i++) {
      int size = in.getInt();
      if (size == PLACE) {
        values[i] = parents[next++];
      } else {
        values[i] = Values.decode(bytes, in.position(), size);
        in.position(in.position() + size);
      }
    }
    return values;
  }
}

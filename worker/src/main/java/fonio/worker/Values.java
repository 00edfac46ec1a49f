package fonio.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The Java codec: a value as bytes.
 *
 * <p>Null is no bytes at all. Else the first byte says what follows: a few exact types in a short
 * form, and Java serialization for the rest.
 */
public final class Values {
  private static final byte[] NOTHING = {};

  private Values() {}

  /**
   * The bytes of a value.
   *
   * @throws NotSerializableException naming the class that cannot travel
   */
  public static byte[] encode(@Nullable Object value) throws IOException {
    return switch (value) {
      case null -> NOTHING;
      case Integer number -> head('I', 4).putInt(number).array();
      case Long number -> head('J', 8).putLong(number).array();
      case Double number -> head('D', 8).putDouble(number).array();
      case Boolean truth -> new byte[] {(byte) (truth ? 'T' : 'F')};
      case byte[] bytes -> head('B', bytes.length).put(bytes).array();
      case String text when isWhole(text) -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        yield head('S', bytes.length).put(bytes).array();
      }
      default -> serialized(value);
    };
  }

  /** The bytes of a value; those of one that cannot travel make {@link #decode} say so. */
  public static byte[] encodeOrSay(@Nullable Object value, String what) {
    try {
      return encode(value);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return refusal(what + " cannot travel: " + e);
    }
  }

  /** Bytes that make {@link #decode} say why there is no value. */
  public static byte[] refusal(String why) {
    byte[] text = why.getBytes(StandardCharsets.UTF_8);
    return head('X', text.length).put(text).array();
  }

  /** Whether UTF-8 keeps the text: it has no half of a surrogate pair. */
  private static boolean isWhole(String text) {
    return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }

  private static ByteBuffer head(char kind, int bytes) {
    return ByteBuffer.allocate(1 + bytes).order(ByteOrder.LITTLE_ENDIAN).put((byte) kind);
  }

  private static byte[] serialized(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    bytes.write('O');
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  /** The value of a part of an array. */
  public static @Nullable Object decode(byte[] bytes, int from, int length)
      throws IOException, ClassNotFoundException {
    return decode(bytes, from, length, null);
  }

  /**
   * The value of a part of an array.
   *
   * @param loader knows the classes of the value; null: the one that loaded Fonio
   */
  public static @Nullable Object decode(
      byte[] bytes, int from, int length, @Nullable ClassLoader loader)
      throws IOException, ClassNotFoundException {
    if (length == 0) {
      return null;
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN);
    byte kind = rest.get();
    return switch (kind) {
      case 'I' -> rest.getInt();
      case 'J' -> rest.getLong();
      case 'D' -> rest.getDouble();
      case 'T' -> true;
      case 'F' -> false;
      case 'S' -> new String(bytes, from + 1, length - 1, StandardCharsets.UTF_8);
      case 'B' -> {
        byte[] copy = new byte[length - 1];
        rest.get(copy);
        yield copy;
      }
      case 'O' -> object(bytes, from + 1, length - 1, loader);
      case 'X' ->
          throw new InvalidObjectException(
              new String(bytes, from + 1, length - 1, StandardCharsets.UTF_8));
      default ->
          throw new InvalidObjectException(
              "a value of kind %d and %d bytes is none of the Java codec; use the same Fonio on both sides"
                  .formatted(kind, length));
    };
  }

  private static Object object(byte[] bytes, int from, int length, @Nullable ClassLoader loader)
      throws IOException, ClassNotFoundException {
    Limits limits = new Limits(length);
    try (ObjectInputStream in =
        new LoadedObjects(new ByteArrayInputStream(bytes, from, length), loader)) {
      in.setObjectInputFilter(limits);
      return in.readObject();
    } catch (InvalidClassException e) {
      String reason = limits.reason();
      if (reason == null) {
        throw e;
      }
      InvalidObjectException refused =
          new InvalidObjectException(
              "a value of %d bytes is refused: %s".formatted(length, reason));
      refused.initCause(e);
      throw refused;
    } catch (StackOverflowError e) {
      throw (InvalidObjectException)
          new InvalidObjectException(
                  "a value of %d bytes is nested too deep for this thread's stack"
                      .formatted(length))
              .initCause(e);
    }
  }
}

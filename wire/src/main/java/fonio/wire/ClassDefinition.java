package fonio.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pair of function and options that tasks name by one number: the content of a CLASS frame.
 *
 * @param id the class's number, 1 to 65,535
 * @param function the function's number, 0 for promises
 * @param options the keys of {@code docs/protocol.md} section 6
 */
public record ClassDefinition(int id, int function, Map<String, String> options) {
  /** Copies the options. */
  public ClassDefinition {
    if (id < 1 || id > 0xFFFF) {
      throw new MalformedFrameException(Kind.CLASS, 6, "class " + id + " is not in 1 to 65535");
    }
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** The definition that a CLASS frame holds. */
  public static ClassDefinition decode(FrameView frame) {
    return new ClassDefinition(
        frame.classId(),
        frame.first(),
        Lines.decode(frame.array(), frame.blobOffset(), frame.blobLength()));
  }

  /** Appends the definition as a CLASS frame. */
  public void encode(FrameWriter writer) {
    writer.frame(Kind.CLASS, id, 0, function, Lines.encode(options));
  }
}

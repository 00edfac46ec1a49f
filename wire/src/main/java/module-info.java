import org.jspecify.annotations.NullMarked;

/** The records and codecs of every process boundary; {@code docs/protocol.md} is their text. */
@NullMarked
module fonio.wire {
  requires static org.jspecify;
}

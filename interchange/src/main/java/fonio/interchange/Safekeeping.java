package fonio.interchange;

/**
 * Says when results are safe, so that the managers that sent them need not keep them any more.
 *
 * <p>A mark stands behind all results that were told before; marks never fall.
 */
public interface Safekeeping {
  /** Results are safe as soon as they were told. */
  Safekeeping AT_ONCE =
      new Safekeeping() {
        @Override
        public long mark() {
          return 0;
        }

        @Override
        public long reached() {
          return 0;
        }
      };

  /** A mark behind the results that were told so far. */
  long mark();

  /** The last mark before which all is safe. */
  long reached();
}

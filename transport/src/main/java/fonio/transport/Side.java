package fonio.transport;

/** Which end of a link this process is. */
public enum Side {
  /** The end nearer to the engine: it reads the up ring and writes the down ring. */
  UPPER,
  /** The end away from the engine, a client or a worker: it reads the down ring. */
  LOWER
}

package fonio.transport;

import fonio.wire.ByteQueue;
import java.nio.channels.SocketChannel;

/**
 * A stream of bytes each way between this process and one peer.
 *
 * <p>Used by one thread at a time. A socket and a pair of rings behave alike: what was written
 * before the peer went can still be read, then {@link #read} says {@link #GONE}.
 */
public sealed interface Link extends AutoCloseable permits ChannelLink {
  /** What {@link #read} returns when the peer is gone and all that it sent was read. */
  int GONE = -1;

  /** The most bytes that one call moves. */
  int MOST_BYTES = 1 << 20;

  /**
   * Moves what is there to the queue's tail, at most {@link #MOST_BYTES}.
   *
   * @return how many bytes, 0 when there are none now, or {@link #GONE}
   * @throws fonio.wire.MalformedFrameException when the peer broke the ring's control words
   */
  int read(ByteQueue into);

  /**
   * Moves what fits from the queue's head to the peer; the rest stays, and {@link #wantsRoom} says
   * so. What is written to a peer that is gone stays too.
   *
   * @return how many bytes
   */
  int write(ByteQueue from);

  /** Whether the last {@link #write} left something, so that the loop must write again. */
  boolean wantsRoom();

  /** Whether the peer is known to be gone; what it sent before may still be read. */
  boolean isGone();

  /** Says whether input wakes the loop; without, it stays where it is until it is read. */
  void wantInput(boolean wanted);

  /** Whether input wakes the loop. */
  boolean wantsInput();

  /** Whether a look at shared memory tells that there is something to do; never a system call. */
  boolean hasWork();

  /** Asks the peer for a doorbell: the loop is about to sleep. A full fence must follow. */
  void prepareToSleep();

  /** Takes the request for a doorbell back: the loop is awake. */
  void awake();

  /** Looks at the socket, as a selector found it ready. */
  void socketReady();

  /** The socket, for a selector. */
  SocketChannel channel();

  /** Ends the link and frees what it holds; a second call does nothing. */
  @Override
  void close();
}

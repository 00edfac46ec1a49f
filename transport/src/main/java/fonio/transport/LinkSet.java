package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * The links and listeners of one loop, and the place where the loop sleeps.
 *
 * <p>The loop's thread alone uses it, but for {@link #wakeup}.
 */
public final class LinkSet implements AutoCloseable {
  /*
   * Waiting goes from cheap to dear: 50 pauses, 30 yields, then the selector. Longer pausing holds
   * the core that the peer is to be woken on; a yield gives it away and keeps it from halting. Who
   * slept its whole time for nothing goes straight to sleep again.
   *
   * Before the selector every ring link asks for a doorbell, then a full fence, then each ring is
   * looked at once more. The selector is bounded by 100 ms where there are rings, as a peer in pure
   * Python cannot issue the fence on its side.
   *
   * TCP links are not looked at one by one: the selector tells which are ready.
   *
   * wakeup() stores `awaken` and reads `asleep`; the loop stores `asleep` and reads `awaken`: both
   * are volatile, so one of them sees the other, and a running loop costs the caller no system call.
   */
  private static final int PAUSES = 50;
  private static final int YIELDS = 30;
  private static final int PASSES_BETWEEN_LOOKS = 64;
  private static final int PASSES_WITH_TCP = 4;
  private static final long MOST_MILLIS_WITH_RINGS = 100;
  private static final long MOST_MILLIS = 10_000;

  private final Selector selector;
  private final List<ChannelLink> links = new ArrayList<>();
  private int rings;
  private int tcp;
  private int passes;
  private boolean sleptInVain;
  private volatile boolean awaken;
  private volatile boolean asleep;

  private LinkSet(Selector selector) {
    this.selector = selector;
  }

  /** Opens an empty set. */
  public static LinkSet open() {
    try {
      return new LinkSet(Selector.open());
    } catch (IOException e) {
      throw new UncheckedIOException("no selector can be opened", e);
    }
  }

  /** Adds a link; one with the same channel is replaced by it, and not closed. */
  public void add(Link link) {
    SelectionKey old = link.channel().keyFor(selector);
    if (old != null && old.attachment() instanceof Link replaced) {
      forget(replaced);
    }
    switch (link) {
      case TcpLink own -> {
        tcp++;
        own.registered(register(own.channel(), SelectionKey.OP_READ, own));
      }
      case ChannelLink other -> {
        links.add(other);
        rings += other instanceof RingLink ? 1 : 0;
        register(other.channel(), SelectionKey.OP_READ, other);
      }
    }
  }

  /** Adds a listener. */
  public void add(Listener listener) {
    register(listener.channel(), SelectionKey.OP_ACCEPT, listener);
  }

  /** Takes a link out; it is not closed. */
  public void remove(Link link) {
    forget(link);
    SelectionKey key = link.channel().keyFor(selector);
    if (key != null) {
      key.cancel();
      selectNow();
    }
  }

  /**
   * Waits until a link has input or room that it wants, a listener a connection, another thread
   * calls {@link #wakeup}, or the time is over. It may return early.
   *
   * @param timeoutNanos 0 after a pass that did something: then it hardly costs anything, and looks
   *     at the sockets now and then only
   */
  public void await(long timeoutNanos) {
    if (timeoutNanos <= 0) {
      if (++passes >= (tcp > 0 ? PASSES_WITH_TCP : PASSES_BETWEEN_LOOKS)) {
        passes = 0;
        look();
      }
      return;
    }
    sleptInVain = (sleptInVain || !findsWork()) && !sleep(timeoutNanos);
    awaken = false;
  }

  @SuppressWarnings("ThreadPriorityCheck") // yielding is the point: see the note on waiting
  private boolean findsWork() {
    for (int i = 0; i < PAUSES && rings > 0; i++) {
      if (hasWork()) {
        return true;
      }
      Thread.onSpinWait();
    }
    for (int i = 0; i < YIELDS; i++) {
      if (hasWork() || (rings < links.size() + tcp && look() > 0)) {
        return true;
      }
      Thread.yield();
    }
    return false;
  }

  /** Ends the present or the next {@link #await}; any thread may call it. */
  public void wakeup() {
    awaken = true;
    if (asleep) {
      selector.wakeup();
    }
  }

  /** Sleeps; whether there is something to do then. */
  private boolean sleep(long timeoutNanos) {
    for (int i = 0; i < links.size(); i++) {
      links.get(i).prepareToSleep();
    }
    setInterests();
    asleep = true;
    VarHandle.fullFence();
    try {
      return hasWork() || select(timeoutNanos) > 0 || hasWork();
    } finally {
      asleep = false;
      for (int i = 0; i < links.size(); i++) {
        links.get(i).awake();
      }
    }
  }

  private boolean hasWork() {
    for (int i = 0; i < links.size(); i++) {
      if (links.get(i).hasWork()) {
        return true;
      }
    }
    return awaken;
  }

  private int select(long timeoutNanos) {
    long most = rings > 0 ? MOST_MILLIS_WITH_RINGS : MOST_MILLIS;
    long millis = Math.min(most, Math.max(1, timeoutNanos / 1_000_000));
    try {
      return selector.select(this::ready, millis);
    } catch (IOException e) {
      throw new UncheckedIOException("waiting for sockets failed", e);
    }
  }

  /** How many sockets were ready; their links and listeners know it now. */
  private int look() {
    setInterests();
    return selectNow();
  }

  private int selectNow() {
    try {
      return selector.selectNow(this::ready);
    } catch (IOException e) {
      throw new UncheckedIOException("looking at sockets failed", e);
    }
  }

  private void ready(SelectionKey key) {
    switch (key.attachment()) {
      case Link link -> link.socketReady();
      case Listener listener -> listener.socketReady();
      case null, default -> throw new IllegalStateException("a key of neither link nor listener");
    }
  }

  private void setInterests() {
    for (int i = 0; i < links.size(); i++) {
      ChannelLink link = links.get(i);
      SelectionKey key = link.channel().keyFor(selector);
      int wanted = interest(link);
      if (key != null && key.isValid() && key.interestOps() != wanted) {
        key.interestOps(wanted);
      }
    }
  }

  /** A ring's socket is always listened to: it tells that the peer is gone. */
  private static int interest(ChannelLink link) {
    if (link.gone) {
      return 0;
    }
    return link instanceof RingLink
        ? SelectionKey.OP_READ
        : (link.wantsInput ? SelectionKey.OP_READ : 0)
            | (link.wantsRoom ? SelectionKey.OP_WRITE : 0);
  }

  private void forget(Link link) {
    if (link instanceof TcpLink) {
      tcp--;
    } else if (links.remove(link) && link instanceof RingLink) {
      rings--;
    }
  }

  private SelectionKey register(SelectableChannel channel, int interest, Object attachment) {
    try {
      return channel.register(selector, interest, attachment);
    } catch (ClosedChannelException e) {
      throw new IllegalArgumentException("the channel " + channel + " is closed already", e);
    }
  }

  /** Closes the selector; links and listeners are their owners' to close. */
  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the selector cannot be closed", e);
    }
  }
}

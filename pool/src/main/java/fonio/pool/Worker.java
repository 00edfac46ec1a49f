package fonio.pool;

import fonio.transport.Link;
import fonio.transport.RingFile;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Known;
import org.jspecify.annotations.Nullable;

/** One slot of the pool and the process that fills it now. */
final class Worker {
  /** Where the slot's process is in its life. */
  enum Phase {
    /** There is none; one will be started at {@code startAtNanos}. */
    EMPTY,
    /** Started, and not yet heard of. */
    STARTING,
    /** It takes tasks. */
    READY,
    /** It was told to end, or killed; its end is awaited. */
    ENDING
  }

  /** Why the pool killed the process, if it did. */
  enum Killed {
    NOT,
    BY_OWNER,
    BY_WALLTIME
  }

  final int index;
  final String name;
  final LogTail out;
  final LogTail err;
  final InFlight inFlight = new InFlight();
  final ByteQueue in = new ByteQueue();
  final ByteQueue outQueue = new ByteQueue();
  final FrameView frame = new FrameView();
  final FrameWriter writer = new FrameWriter(outQueue);
  final Known known = new Known();

  Phase phase = Phase.EMPTY;
  int generation;
  int pid;
  @Nullable Link link;
  @Nullable RingFile file;
  Killed killed = Killed.NOT;
  long killedSequence;
  long startAtNanos;
  long endedLinkAtNanos;
  int answered;

  /** Whether the owner wants it to be chosen for no tasks. */
  boolean held;

  /** How many processes in a row ended before they answered or ran anything. */
  int earlyDeaths;

  /** Whether it broke the protocol: nothing more is read from it. */
  boolean distrusted;

  /** Why the pool ended it, when it did not do as it should; empty otherwise. */
  String fault = "";

  /** When it must have said hello, or have ended; 0 while nothing is due. */
  long dueAtNanos;

  /** Whether the expedited form of a barrier reaches it. */
  boolean hearsBarriers;

  /** Whether the urgent signal makes it send the results that it has. */
  boolean hearsUrgency;

  /** How often it was urged while it runs what it runs. */
  int urged;

  /** Number of the first task of the youngest frame that it was sent. */
  long youngestFrame;

  /** The running word as it was last seen, and since when. */
  long seenRunning;

  long runningSinceNanos;

  /** Number of a task that has run much longer than expected, 0 for none. */
  long overlong;

  /** The recalled range that is open; the worker has passed it once its head is at the end. */
  long recallFrom;

  long recallTo;

  /** When the range was stored, if nothing of it was given back yet; 0 otherwise. */
  long recalledAtNanos;

  Worker(int index, String name, LogTail out, LogTail err) {
    this.index = index;
    this.name = name;
    this.out = out;
    this.err = err;
  }

  boolean isReady() {
    return phase == Phase.READY;
  }

  /** The number of the task that it runs, 0 when none that is unanswered. */
  long running() {
    long sequence = file == null ? 0 : file.running();
    return inFlight.has(sequence) ? sequence : 0;
  }

  /** Whether what is sent to it now would stand behind a task that nobody knows the end of. */
  boolean isHeldUp() {
    return recallTo > inFlight.head() || (overlong != 0 && overlong == running());
  }

  /** Forgets the process that is gone; the slot stays. */
  void empty() {
    phase = Phase.EMPTY;
    pid = 0;
    link = null;
    file = null;
    killed = Killed.NOT;
    killedSequence = 0;
    distrusted = false;
    fault = "";
    dueAtNanos = 0;
    hearsBarriers = false;
    hearsUrgency = false;
    urged = 0;
    youngestFrame = 0;
    overlong = 0;
    inFlight.clear();
    in.clear();
    outQueue.clear();
    known.clear();
    answered = 0;
    seenRunning = 0;
    recallFrom = 0;
    recallTo = 0;
    recalledAtNanos = 0;
    endedLinkAtNanos = 0;
  }
}

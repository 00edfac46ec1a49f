package fonio.engine;

import fonio.journal.Journal;
import fonio.journal.JournalConfig;
import fonio.journal.JournalException;
import fonio.journal.JournalReader;
import fonio.journal.RunState;
import fonio.journal.TaskRecord;
import fonio.transport.Segments;
import fonio.wire.ElementCounts;
import fonio.wire.FrameView;
import fonio.wire.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The journal of a durable run, open for writing, and what it knew when it was opened.
 *
 * @param state what the run has to do yet; of a new run nothing
 */
record RecoveredRun(Path folder, Journal journal, RunState state)
    implements RunJournal.Disk, AutoCloseable {
  /** The name of the journal's folder in that of the run. */
  static final String FOLDER = "journal";

  /** A frame has at most 256 MiB, and must fit in a segment. */
  private static final int SEGMENT_BYTES = 320 << 20;

  private static final int BUFFER_BYTES = 16 << 20;
  private static final Duration DELAY = Duration.ofMillis(1);
  private static final Duration RETRY = Duration.ofMillis(100);

  /**
   * Opens the journal of a run.
   *
   * @param wakeup called by another thread when more is on disk, or the disk fails
   * @throws JournalException when another engine has it, or it cannot be read
   */
  static RecoveredRun open(Path run, Runnable wakeup) {
    Path folder = run.resolve(FOLDER);
    JournalConfig config =
        JournalConfig.defaults().withBytes(SEGMENT_BYTES, BUFFER_BYTES).withTimes(DELAY, RETRY);
    Journal journal = Journal.open(folder, config, wakeup);
    try {
      return new RecoveredRun(folder, journal, read(folder));
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** What the journal of a folder says. */
  private static RunState read(Path folder) {
    RunState state = new RunState();
    try (JournalReader reader = JournalReader.open(folder)) {
      while (reader.next()) {
        state.apply(TaskRecord.parse(reader.kind(), reader.payload()));
      }
    }
    return state;
  }

  /** Removes the files of large payloads, of a run that nobody asks for any more. */
  static void removePayloads(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("fonio engine: payloads stay in " + folder + ": " + e);
    }
  }

  /** Whether it has tasks that are to be run. */
  boolean isToRun() {
    boolean[] any = new boolean[1];
    state.pending(task -> any[0] = true);
    return any[0] && !state.isClosed();
  }

  /** What is written on. */
  RunJournal writer() {
    return new RunJournal(journal, this, state.clientFrames());
  }

  @Override
  public long durable() {
    return journal.durable();
  }

  @Override
  public boolean isFull() {
    return journal.isFull();
  }

  @Override
  public String failure() {
    return journal.failure().map(text -> text + "; " + room()).orElse("");
  }

  private String room() {
    try {
      return Files.getFileStore(folder).getUsableSpace() + " bytes are free there";
    } catch (IOException e) {
      return "how much is free there cannot be told: " + e;
    }
  }

  /** Puts back what the run knew, into an engine that has just started. */
  void restore(Desk desk, Account account, History history, Segments segments) {
    long begun = System.nanoTime();
    FrameView frame = new FrameView();
    for (byte[] definition : state.definitions()) {
      frame.wrap(definition, 0, definition.length);
      desk.define(frame);
    }
    account.submitted += state.submitted();
    account.succeeded += state.ended(Status.OK);
    account.failed += state.ended(Status.ERROR) + state.ended(Status.FAULT);
    account.cancelled += state.ended(Status.CANCELLED);
    account.dependencyFailed += state.ended(Status.DEPENDENCY);
    for (byte[] note : state.notes()) {
      frame.wrap(note, 0, note.length);
      account.add(ElementCounts.decode(frame));
    }
    Dataflow dataflow = desk.dataflow();
    dataflow
        .openResults()
        .restore(dataflow, state, segment -> Files.exists(segments.path(segment)));
    if (state.clientFrames() > 0) {
      FormerEngines former = FormerEngines.takeOver(folder.resolveSibling(History.FILE));
      account.add(former);
      history.goesOn(former);
      System.err.printf(
          "fonio engine: the run goes on from its journal: of %d tasks %d are to run, restored in"
              + " %.3f s%n",
          state.submitted(), dataflow.pending(), (System.nanoTime() - begun) / 1e9);
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}

package fonio.engine;

import fonio.kernel.Ending;
import fonio.memo.FailedTask;
import fonio.memo.RunRecord;
import fonio.memo.Store;
import fonio.wire.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Writes down what became of a run: always as a small file in its folder, and in the store when it
 * lasts long enough, or fails at something, so that a short run need not open a database.
 */
final class History {
  /** The file in the run's folder that is written at its end. */
  static final String FILE = "run.properties";

  private static final long SHORT_NANOS = 1_000_000_000;
  private static final int MOST_FAILURES = 10_000;
  private static final int MOST_CHARACTERS = 2_000;

  private final Path folder;
  private final Store store;
  private final Supplier<Map<String, String>> account;
  private final LongSupplier nanoClock;
  private final long startedNanos;
  private long startedMillis = System.currentTimeMillis();
  private boolean stored;
  private int failures;

  History(Path folder, Store store, Supplier<Map<String, String>> account, LongSupplier nanoClock) {
    this.folder = folder;
    this.store = store;
    this.account = account;
    this.nanoClock = nanoClock;
    this.startedNanos = nanoClock.getAsLong();
  }

  /** The run began with other engines, before this one. */
  void goesOn(FormerEngines former) {
    if (former.startedMillis() > 0) {
      startedMillis = former.startedMillis();
    }
  }

  /** Notes a run that is no longer short; how much was done. */
  int doWork() {
    if (stored || nanoClock.getAsLong() - startedNanos < SHORT_NANOS) {
      return 0;
    }
    begin();
    return 1;
  }

  /** Notes a task that ended without a result, and why; of a long text the beginning. */
  void failed(long task, String function, Ending how, Supplier<String> why) {
    if (!stored) {
      begin();
    }
    if (failures < MOST_FAILURES) {
      failures++;
      String text = why.get();
      String head = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
      store.failed(new FailedTask(folder.toString(), task, function, how.name(), head));
    }
  }

  private void begin() {
    stored = true;
    store.begin(record(0));
  }

  /** Notes the end of the run; a folder that is gone does not hold the end up. */
  void finish() {
    RunRecord run = record(System.currentTimeMillis());
    if (stored) {
      store.finish(run);
    }
    String text =
        "started=" + run.startedMillis() + "\nended=" + run.endedMillis() + "\n" + run.account();
    try {
      Files.writeString(folder.resolve(FILE), text);
    } catch (IOException e) {
      System.err.println(
          "fonio engine: the account of the run cannot be written to " + folder + ": " + e);
    }
  }

  private RunRecord record(long endedMillis) {
    String lines = new String(Lines.encode(account.get()), StandardCharsets.UTF_8);
    return new RunRecord(folder.toString(), startedMillis, endedMillis, lines);
  }
}

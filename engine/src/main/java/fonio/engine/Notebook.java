package fonio.engine;

import fonio.api.spi.Body;
import fonio.memo.Commits;
import fonio.memo.Store;
import java.io.IOException;
import java.io.NotSerializableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The results of cached calls that this run finds from others, and keeps for others. */
final class Notebook {

  /*
   * Concurrency: the store, the history and `asked` belong to the thread "fonio-memo"; others hand it jobs. Orders for the kernel are
   * only pushed by that thread and carried out by threads of `turns`, as callbacks of the program run behind them, and those may wait
   * for a lookup. `checkpoints` are added before `ended` is read and the other way round, so that each is told.
   */

  private static final Duration STORE_PATIENCE = Duration.ofSeconds(10);
  private static final long IDLE_MILLIS = 1000;
  private static final int MOST_IN_BATCH = 4096;
  private static final int MOST_WARNINGS = 20;

  private final Core core;
  private final Runnable hit;
  private final CallKeys keys = new CallKeys(Instant.now());
  private final Store store;
  private final History history;
  private final BlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>();
  private final Map<Long, Asked> asked = new HashMap<>();
  private final Set<Consumer<String>> checkpoints = ConcurrentHashMap.newKeySet();
  private final Set<String> warnings = ConcurrentHashMap.newKeySet();
  private final ExecutorService turns =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("fonio-memo-turn-", 0).factory());
  private final Thread thread = new Thread(this::run, "fonio-memo");
  private boolean pushed;
  private boolean ending;
  private volatile Map<String, String> account = Map.of();
  private volatile boolean ended;

  private record Asked(LocalTask<?> task, Note note) {}

  private Notebook(Settings settings, JavaRunFolder folder, Core core, Runnable hit) {
    this.core = core;
    this.hit = hit;
    this.store =
        new Store(
            folder.state(),
            commits(settings),
            () -> jobs.add(() -> {}),
            problem -> System.err.println("fonio: " + problem));
    this.history = new History(folder.path(), store, () -> account, System::nanoTime);
    thread.setDaemon(true);
  }

  /**
   * Opens the notebook of a run that writes checkpoints.
   *
   * @param folder the run's, which a run that writes checkpoints has
   * @param hit told of each call that ends by a result of another run
   */
  static Optional<Notebook> open(
      Settings settings, @Nullable JavaRunFolder folder, Core core, Runnable hit) {
    if (folder == null || !settings.isKept()) {
      return Optional.empty();
    }
    Notebook notebook = new Notebook(settings, folder, core, hit);
    notebook.thread.start();
    return Optional.of(notebook);
  }

  private static Commits commits(Settings settings) {
    Commits.Mode mode =
        switch (settings.checkpointMode()) {
          case TASK_EXIT, NONE -> Commits.Mode.EACH;
          case PERIODIC -> Commits.Mode.PERIODIC;
          case DFK_EXIT -> Commits.Mode.AT_END;
          case MANUAL -> Commits.Mode.MANUAL;
        };
    return new Commits(mode, settings.checkpointPeriod());
  }

  /** A note of a call; null if it has no key that another run could have, of which it warns. */
  @Nullable Note note(Body body, @Nullable Object[] arguments) {
    String what = "a cached call";
    try {
      Fingerprint function = keys.function(body);
      what = "a call of " + function.name();
      List<LocalTask<?>> parents = new ArrayList<>(0);
      for (Object argument : arguments) {
        if (argument instanceof LocalTask<?> parent) {
          parents.add(parent);
        }
      }
      return new Note(this, function, keys.begin(function, arguments), parents);
    } catch (IOException
        | RuntimeException
        | LinkageError
        | StackOverflowError
        | OutOfMemoryError e) {
      warn(what, e);
      return null;
    }
  }

  /** Says why a result is not there for other runs; each thing once. */
  void warn(String what, Throwable why) {
    if (warnings.size() < MOST_WARNINGS && warnings.add(what + why)) {
      String next = why instanceof NotSerializableException ? "; make that class Serializable" : "";
      System.err.println("fonio: " + what + " is not kept for later runs: " + why + next);
    }
  }

  /** Asks for the result of a call; the task goes on by an order. */
  void lookUp(LocalTask<?> task, Note note) {
    jobs.add(() -> ask(task, note));
  }

  private void ask(LocalTask<?> task, Note note) {
    try {
      byte[] key = note.finishKey();
      asked.put(task.id(), new Asked(task, note));
      store.lookUp(task.id(), key);
    } catch (Throwable e) {
      warn("a call with the result of another task", e);
      push(task::notFound);
    }
  }

  private void answer(long id, Optional<byte[]> payload) {
    Asked question = asked.remove(id);
    if (question == null) {
      return;
    }
    LocalTask<?> task = question.task();
    if (payload.isEmpty()) {
      push(task::notFound);
      return;
    }
    byte[] bytes = payload.get();
    try {
      Object value = question.note().read(bytes);
      push(with -> {
        if (task.found(with, value)) {
          hit.run();
        }
      });
    } catch (Throwable e) {
      System.err.println("fonio: a stored result cannot be read and is made anew: " + e);
      push(task::notFound);
    }
  }

  private void push(Consumer<Core> what) {
    core.order(what);
    pushed = true;
  }

  /** Keeps the result of a task that has ended well. */
  void keep(Note note) {
    jobs.add(() -> note.keep(store));
  }

  /**
   * Makes durable what is kept, and waits for it.
   *
   * @throws IllegalStateException saying why it is not durable
   */
  void checkpoint() {
    CompletableFuture<String> told = new CompletableFuture<>();
    Consumer<String> tell = told::complete;
    checkpoints.add(tell);
    jobs.add(() -> store.commit(tell));
    if (ended) {
      told.complete("the run is closed");
    }
    String problem = told.join();
    checkpoints.remove(tell);
    if (!problem.isEmpty()) {
      throw new IllegalStateException("the checkpoint was not written: " + problem);
    }
  }

  private void run() {
    List<Runnable> batch = new ArrayList<>();
    while (!ending || !jobs.isEmpty()) {
      try {
        Runnable first = jobs.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          jobs.drainTo(batch, MOST_IN_BATCH);
        }
      } catch (InterruptedException e) {
        continue;
      }
      batch.add(() -> store.poll(this::answer));
      batch.add(store::tellCommits);
      batch.add(history::doWork);
      batch.forEach(Notebook::attempt);
      batch.clear();
      if (pushed) {
        pushed = false;
        turns.execute(core::turn);
      }
    }
    attempt(history::finish);
    attempt(() -> store.close(STORE_PATIENCE));
    attempt(store::tellCommits);
    ended = true;
    checkpoints.forEach(tell -> tell.accept("the run is closed"));
    turns.shutdown();
  }

  private static void attempt(Runnable job) {
    try {
      job.run();
    } catch (Throwable e) {
      System.err.println("fonio: the memo goes on after " + e);
    }
  }

  /** Writes down what is still to be kept, and how the run went; all tasks have ended. */
  void close(fonio.api.Account last) {
    account = Tally.entries(last);
    jobs.add(() -> ending = true);
    Joined.all(List.of(thread));
  }
}

package fonio.engine;

import fonio.executors.Lane;
import fonio.kernel.Census;
import fonio.kernel.TaskState;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FunctionDefinition;
import fonio.wire.Kind;
import fonio.wire.MalformedFrameException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** Does what a client asks for: its dataflow, and the lanes that run its tasks. */
final class Desk {
  /** The question which tasks a client has to be told of yet. */
  static final String TASKS = "tasks";

  /** Makes durable what is kept. */
  @FunctionalInterface
  interface Checkpoint {
    /**
     * Begins to.
     *
     * @param told hears once it is durable: nothing, or why it is not
     */
    void write(Consumer<String> told);
  }

  private final Dataflow dataflow;
  private final List<Lane> lanes;
  private final Account account;
  private final LongSupplier nanoClock;
  private final Checkpoint checkpoint;
  private final RunStatus status;
  private Function<String, Map<String, String>> attach =
      socket -> Map.of("error", "the run is not durable: it has its client, and ends with it");
  private final Explanation explanation;
  private final Commands commands;

  /**
   * @param reasons says why a task has no result
   */
  Desk(
      Dataflow dataflow,
      List<Lane> lanes,
      Account account,
      LongSupplier nanoClock,
      Checkpoint checkpoint,
      Reasons reasons) {
    this.dataflow = dataflow;
    this.lanes = List.copyOf(lanes);
    this.account = account;
    this.nanoClock = nanoClock;
    this.checkpoint = checkpoint;
    this.status = new RunStatus(dataflow.kernel(), this.lanes);
    this.commands = new Commands(this.lanes);
    this.explanation = new Explanation(dataflow, this.lanes, reasons);
  }

  /** Names who connects to another client, which listens on a socket. */
  void attach(Function<String, Map<String, String>> inviter) {
    attach = inviter;
  }

  Dataflow dataflow() {
    return dataflow;
  }

  void function(FunctionDefinition function) {
    lanes.forEach(lane -> lane.function(function));
  }

  void define(ClassDefinition definition) {
    dataflow.define(definition);
    lanes.forEach(lane -> lane.define(definition));
  }

  /** Obeys a frame that defines something. */
  void define(FrameView frame) {
    switch (frame.kind()) {
      case Kind.FUNCTION -> function(FunctionDefinition.decode(frame));
      case Kind.CLASS -> define(ClassDefinition.decode(frame));
      case Kind.SHARE -> share(frame);
      case Kind.UNSHARE -> unshare(frame.first());
      default ->
          throw new MalformedFrameException(
              frame.kind(), 0, Kind.name(frame.kind()) + " defines nothing");
    }
  }

  void share(FrameView frame) {
    lanes.forEach(lane -> lane.share(frame));
  }

  void unshare(int object) {
    lanes.forEach(lane -> lane.unshare(object));
  }

  /**
   * Cancels a task that has not begun, taking it back from a worker's queue if need be.
   *
   * @return false when it cannot be; true when it was, or its holder is asked
   */
  boolean cancel(long task) {
    if (dataflow.cancel(task)) {
      return true;
    }
    return isHeld(task)
        && switch (lane(task).recall(task)) {
          case YES -> dataflow.cancel(task);
          case NO -> false;
          case ASKED -> true;
        };
  }

  /** Ends a task, with its process group if it runs; its result follows. */
  boolean kill(long task) {
    return dataflow.cancel(task) || (isHeld(task) && lane(task).kill(task));
  }

  private boolean isHeld(long task) {
    return dataflow.kernel().state(task) == TaskState.HELD;
  }

  private Lane lane(long task) {
    return lanes.get(dataflow.laneOf(task));
  }

  /**
   * Answers a question about the run, at once or, about a checkpoint, when it is durable.
   *
   * @param to hears the entries of the answer
   */
  void answer(String question, Consumer<Map<String, String>> to) {
    if (question.equals("checkpoint")) {
      checkpoint.write(
          problem -> to.accept(problem.isEmpty() ? Map.of("done", "1") : Map.of("error", problem)));
    } else {
      to.accept(answer(question));
    }
  }

  private Map<String, String> answer(String question) {
    String[] words = question.strip().split("\\s+", -1);
    return switch (words[0]) {
      case "account" -> account();
      case "workers" -> workers();
      case "status" -> status.entries(account());
      case TASKS -> new OpenTasks(dataflow).entries();
      case "attach" -> attach.apply(question.strip().substring(words[0].length()).strip());
      case "task" -> about(words, this::task);
      case "explain" -> about(words, explanation::of);
      case "hold", "release", "verbose", "quiet", "drain", "kill" ->
          commands.obey(words[0], question.strip().substring(words[0].length()).strip());
      default ->
          Map.of(
              "error",
              "unknown question '"
                  + question
                  + "'; ask account, workers, status, checkpoint, task N or explain N, or say hold, release, verbose, quiet, drain or kill LABEL/PART");
    };
  }

  private static Map<String, String> about(
      String[] words, LongFunction<Map<String, String>> answer) {
    String number = words.length == 2 ? words[1] : "";
    return number.matches("\\d{1,18}")
        ? answer.apply(Long.parseLong(number))
        : Map.of("error", "'" + number + "' is no task number; ask " + words[0] + " 17");
  }

  /** The run's account, as text. */
  Map<String, String> account() {
    int workers = lanes.stream().mapToInt(Lane::workers).sum();
    Census census = dataflow.kernel().census();
    return account.entries(
        nanoClock.getAsLong(),
        workers,
        census.count(TaskState.WAITING),
        census.count(TaskState.READY),
        census.count(TaskState.HELD));
  }

  private Map<String, String> workers() {
    Map<String, String> entries = new LinkedHashMap<>();
    lanes.forEach(lane -> entries.putAll(lane.describe()));
    return entries;
  }

  private Map<String, String> task(long task) {
    TaskState state = dataflow.kernel().state(task);
    if (state == TaskState.UNKNOWN) {
      return Map.of("state", "unknown");
    }
    return Map.of(
        "state", state.name().toLowerCase(Locale.ROOT),
        "attempt", Integer.toString(dataflow.kernel().furtherAttempts(task)),
        "function", dataflow.nameOf(task));
  }
}
